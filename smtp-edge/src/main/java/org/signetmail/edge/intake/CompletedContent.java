package org.signetmail.edge.intake;

import java.io.IOException;
import java.util.Arrays;
import org.signetmail.edge.content.StoredMessage;
import org.signetmail.edge.event.OutboundContent;
import org.signetmail.edge.submission.Additions;

/** A message as the relay gets it: a new top, and behind it the message as it was received. */
record CompletedContent(Additions.Top top, StoredMessage message) implements OutboundContent {
    @Override
    public long size() {
        return top.octets().length + message.size() - top.replaced();
    }

    @Override
    public byte[] part(long from, int length) throws IOException {
        int ofTop = Math.clamp(top.octets().length - from, 0, length);
        long behind = from + ofTop - top.octets().length + top.replaced();
        int ofMessage = (int) Math.min(length - ofTop, message.size() - behind);
        byte[] octets = ofTop > 0 ? Arrays.copyOfRange(top.octets(), (int) from, (int) from + ofTop) : new byte[0];
        octets = Arrays.copyOf(octets, ofTop + ofMessage);
        message.read(behind, octets, ofTop);
        return octets;
    }
}
