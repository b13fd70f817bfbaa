package org.signetmail.edge.submission;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a message gets on its way out (RFC 6409 8): {@code Received:} on top, below it {@code Date:} and {@code Message-ID:}
 * where missing. Return-Path fields are dropped: final delivery writes them. No other octet changes.
 */
public final class Additions {
    private static final String RETURN_PATH = "Return-Path";
    private static final String DATE = "Date";
    private static final String MESSAGE_ID = "Message-ID";

    private Additions() {}

    /** A malformed header, which a domain without enforcement lets pass, gets the {@code Received:} field and no more. */
    public static byte[] apply(byte[] message, Header header, Trace trace) {
        var result = new ByteArrayOutputStream(message.length + 512);
        result.writeBytes(octets(trace.received()));
        int copied = switch (header) {
            case Header.Malformed _ -> 0;
            case Header.Parsed parsed -> writeHeader(message, parsed.fields(), trace, result);
        };
        result.write(message, copied, message.length - copied);
        return result.toByteArray();
    }

    /** Gives the octets of the message that are written or dropped. */
    private static int writeHeader(
            byte[] message, List<HeaderField> fields, Trace trace, ByteArrayOutputStream result) {
        if (lacks(fields, DATE)) {
            result.writeBytes(octets(DATE + ": " + trace.date() + "\r\n"));
        }
        if (lacks(fields, MESSAGE_ID)) {
            result.writeBytes(octets(MESSAGE_ID + ": " + trace.messageId() + "\r\n"));
        }
        int copied = 0;
        for (HeaderField field : fields) {
            if (!field.is(RETURN_PATH)) {
                result.write(message, field.start(), field.end() - field.start());
            }
            copied = field.end();
        }
        return copied;
    }

    private static boolean lacks(List<HeaderField> fields, String name) {
        return fields.stream().noneMatch(field -> field.is(name));
    }

    private static byte[] octets(String lines) {
        return lines.getBytes(StandardCharsets.UTF_8);
    }
}
