package org.signetmail.edge.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * A report of ours as a next hop without 8BITMIME takes it: of the message that it returns there is the header only, and
 * the part says why (RFC 3461 4.3 lets a report return less, RFC 6152 3 convert). That message, which a forger may have
 * written, is not parsed.
 */
final class SevenBitReport {
    private static final String REASON =
            "Header only: the message has 8-bit content, and a mail server on the way takes none";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<byte[]> header = new ArrayList<>();
    private final Deque<String> boundaries = new ArrayDeque<>();

    private SevenBitReport() {}

    static byte[] of(byte[] report) {
        try {
            var written = new SevenBitReport();
            written.copy(report);
            return written.out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MimeException e) {
            throw new IllegalStateException("A report of ours is no MIME", e);
        }
    }

    private void copy(byte[] report) throws IOException, MimeException {
        var tokens = new MimeTokenStream(MimeConfig.PERMISSIVE);
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(new ByteArrayInputStream(report));
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            copy(tokens, state);
        }
    }

    private void copy(MimeTokenStream tokens, EntityState state) throws IOException {
        switch (state) {
            case T_FIELD -> header.add(tokens.getField().getRaw().toByteArray());
            case T_START_MULTIPART -> {
                writeHeader();
                boundaries.push(tokens.getBodyDescriptor().getBoundary());
            }
            case T_START_BODYPART -> line("--" + boundaries.element());
            case T_END_BODYPART -> line("");
            case T_END_MULTIPART -> line("--" + boundaries.pop() + "--");
            case T_BODY ->
                part(
                        tokens.getBodyDescriptor().getMimeType(),
                        tokens.getInputStream().readAllBytes());
            default -> {}
        }
    }

    private void part(String type, byte[] body) throws IOException {
        if (type.equals("message/rfc822") && !DataOctets.isSevenBit(body)) {
            header.clear();
            returnHeader(Arrays.copyOf(body, HeaderOctets.end(body, body.length)));
        } else {
            writeHeader();
            out.writeBytes(body);
        }
    }

    private void returnHeader(byte[] returned) throws IOException {
        boolean ascii = DataOctets.isSevenBit(returned);
        line("Content-Type: text/rfc822-headers; charset=" + (ascii ? "us-ascii" : "utf-8"));
        line("Content-Transfer-Encoding: " + (ascii ? "7bit" : "quoted-printable"));
        line("Content-Description: " + REASON);
        line("");
        if (ascii) {
            out.writeBytes(returned);
        } else {
            try (var encoded = new QuotedPrintableOutputStream(out, false)) {
                encoded.write(returned);
            }
        }
    }

    private void writeHeader() {
        header.forEach(field -> {
            out.writeBytes(field);
            line("");
        });
        header.clear();
        line("");
    }

    private void line(String text) {
        out.writeBytes((text + "\r\n").getBytes(US_ASCII));
    }
}
