package org.signetmail.notifier.mail;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.UnsupportedEncodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The header of the message that a mail of ours is about. Read leniently, since it may be malformed on purpose: fields
 * are shown on one line each, and the block as it came goes into a report, cut where it is long.
 */
public final class RefusedHeader {
    /** A report stays below one record of 512 KiB even when each of these octets is encoded as three. */
    static final int MOST_RETURNED = 64 * 1024;

    private static final int MOST_DECODED = 4 * 1024;

    private final byte[] octets;
    private final InternetHeaders fields;

    private RefusedHeader(byte[] octets, InternetHeaders fields) {
        this.octets = octets;
        this.fields = fields;
    }

    /** Reads the base64 of an event; what is no base64 counts as an empty header. */
    public static RefusedHeader of(String base64) {
        byte[] octets = octets(base64);
        try {
            return new RefusedHeader(octets, new InternetHeaders(new ByteArrayInputStream(octets), true));
        } catch (MessagingException e) {
            throw new IllegalStateException("Octets in memory could not be read", e);
        }
    }

    /** The octets of an event's base64; what is no base64 counts as none. */
    public static byte[] octets(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // What happened is told all the same.
        }
    }

    /** The fields of this name, decoded and made visible, or {@code (none)}. */
    public String shown(String name) {
        var values = Collections.list(fields.getMatchingHeaders(new String[] {name})).stream()
                .map(Header::getValue)
                .map(RefusedHeader::decoded)
                .toList();
        return values.isEmpty() ? "(none)" : Visible.line(String.join(" | ", values));
    }

    /** What the header says of languages that its writer reads or writes, the first word first (RFC 3282). */
    public List<String> languages() {
        return Stream.of("Accept-Language", "Content-Language")
                .flatMap(name -> Optional.ofNullable(fields.getHeader(name, null)).stream())
                .toList();
    }

    /** The block as it came, without the empty line, ending in CRLF; at most 64 KiB of whole lines. */
    byte[] returned() {
        int end = Math.min(octets.length, MOST_RETURNED);
        if (octets.length > MOST_RETURNED) {
            while (end > 0 && octets[end - 1] != '\n') {
                end--;
            }
            end = end == 0 ? MOST_RETURNED : end;
        }
        byte[] block = Arrays.copyOf(octets, end);
        boolean ended = end > 1 && block[end - 2] == '\r' && block[end - 1] == '\n';
        if (!ended) {
            block = Arrays.copyOf(block, end + 2);
            block[end] = '\r';
            block[end + 1] = '\n';
        }
        return block;
    }

    private static String decoded(String value) {
        String raw = value.length() > MOST_DECODED ? value.substring(0, MOST_DECODED) : value;
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(raw));
        } catch (UnsupportedEncodingException e) {
            return raw; // An encoded-word in a charset that nobody knows is shown as it stands.
        }
    }
}
