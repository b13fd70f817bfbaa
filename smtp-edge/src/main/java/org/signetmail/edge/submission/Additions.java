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

    /**
     * The top of a completed message.
     *
     * @param replaced octets of the message that it stands for; behind them the message goes on as it was
     */
    public record Top(byte[] octets, int replaced) {}

    /**
     * A malformed header, which a domain without enforcement lets pass, gets the {@code Received:} field and no more.
     *
     * @param block header block as the message has it
     */
    public static Top to(byte[] block, Header header, Trace trace) {
        var top = new ByteArrayOutputStream(block.length + 512);
        top.writeBytes(octets(trace.received()));
        int replaced = switch (header) {
            case Header.Malformed _ -> 0;
            case Header.Parsed parsed -> writeHeader(block, parsed.fields(), trace, top);
        };
        return new Top(top.toByteArray(), replaced);
    }

    /** Gives the octets of the block that are written or dropped. */
    private static int writeHeader(byte[] block, List<HeaderField> fields, Trace trace, ByteArrayOutputStream top) {
        if (lacks(fields, DATE)) {
            top.writeBytes(octets(DATE + ": " + trace.date() + "\r\n"));
        }
        if (lacks(fields, MESSAGE_ID)) {
            top.writeBytes(octets(MESSAGE_ID + ": " + trace.messageId() + "\r\n"));
        }
        int replaced = 0;
        for (HeaderField field : fields) {
            if (!field.is(RETURN_PATH)) {
                top.write(block, field.start(), field.end() - field.start());
            }
            replaced = field.end();
        }
        return replaced;
    }

    private static boolean lacks(List<HeaderField> fields, String name) {
        return fields.stream().noneMatch(field -> field.is(name));
    }

    private static byte[] octets(String lines) {
        return lines.getBytes(StandardCharsets.UTF_8);
    }
}
