package org.signetmail.edge.event;

import java.io.IOException;
import java.util.Arrays;

/** The octets of a message as they go out, wherever they are. */
public interface OutboundContent {
    long size();

    /** The octets from there on, as many as there are, but no more than asked for. */
    byte[] part(long from, int length) throws IOException;

    /** All in memory. */
    static OutboundContent of(byte[] octets) {
        return new OutboundContent() {
            @Override
            public long size() {
                return octets.length;
            }

            @Override
            public byte[] part(long from, int length) {
                int start = Math.toIntExact(from);
                int end = Math.toIntExact(Math.min(octets.length, from + length));
                return start == 0 && end == octets.length ? octets : Arrays.copyOfRange(octets, start, end);
            }
        };
    }
}
