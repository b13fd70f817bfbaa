package org.signetmail.edge.submission;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * RFC 2047 encoded-words in a display name, decoded as the most lenient mail program would: only to see what people will
 * see, never to find an originator. What does not decode stays as it is. No part runs past a question mark, so that time
 * is linear.
 */
final class EncodedWords {
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** By every name, lower case: Charset.forName searches long for a name that it does not know. */
    private static final Map<String, Charset> CHARSETS = charsets();

    private final String text;
    private final StringBuilder decoded = new StringBuilder();
    private int copied;

    private EncodedWords(String text) {
        this.text = text;
    }

    static String decode(String text) {
        return new EncodedWords(text).decode();
    }

    private String decode() {
        int start = text.indexOf("=?");
        while (start >= 0) {
            int end = decodeWord(start);
            start = text.indexOf("=?", end > 0 ? end : start + 2);
        }
        return decoded.append(text, copied, text.length()).toString();
    }

    /** Decodes {@code =?charset?encoding?text?=} and gives the index behind it, or 0 when there is none. */
    private int decodeWord(int start) {
        int charsetEnd = text.indexOf('?', start + 2);
        int textStart = charsetEnd + 3;
        if (charsetEnd < 0 || textStart > text.length() || text.charAt(textStart - 1) != '?') {
            return 0;
        }
        int end = text.indexOf('?', textStart);
        char encoding = Character.toUpperCase(text.charAt(charsetEnd + 1));
        if (end < 0 || !text.startsWith("?=", end) || encoding != 'B' && encoding != 'Q') {
            return 0;
        }
        String encoded = text.substring(textStart, end);
        appendBetween(start);
        byte[] octets = encoding == 'B' ? base64(encoded) : quotedPrintable(encoded);
        decoded.append(new String(octets, charset(text.substring(start + 2, charsetEnd))));
        copied = end + 2;
        return copied;
    }

    /** RFC 2047 6.2: white space between two encoded-words is not shown. */
    private void appendBetween(int start) {
        String between = text.substring(copied, start);
        if (copied == 0 || !between.isBlank()) {
            decoded.append(between);
        }
    }

    /** What the JDK does not know, UTF-7 above all, is read as Latin-1: an address is ASCII in nearly all charsets. */
    private static Charset charset(String name) {
        int language = name.indexOf('*'); // RFC 2231 5
        String plain = language < 0 ? name : name.substring(0, language);
        return CHARSETS.getOrDefault(plain.toLowerCase(Locale.ROOT), StandardCharsets.ISO_8859_1);
    }

    private static Map<String, Charset> charsets() {
        var byName = new HashMap<String, Charset>();
        for (Charset charset : Charset.availableCharsets().values()) {
            byName.put(charset.name().toLowerCase(Locale.ROOT), charset);
            charset.aliases().forEach(alias -> byName.put(alias.toLowerCase(Locale.ROOT), charset));
        }
        return Map.copyOf(byName);
    }

    private static byte[] quotedPrintable(String encoded) {
        var octets = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            boolean escape = c == '=' && i + 2 < encoded.length();
            int high = escape ? Character.digit(encoded.charAt(i + 1), 16) : -1;
            int low = escape ? Character.digit(encoded.charAt(i + 2), 16) : -1;
            if (high >= 0 && low >= 0) {
                octets.write(high << 4 | low);
                i += 2;
            } else if (c == '_') {
                octets.write(' ');
            } else {
                octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return octets.toByteArray();
    }

    /** Skips what is not Base64, as lenient readers do. */
    private static byte[] base64(String encoded) {
        var octets = new ByteArrayOutputStream(encoded.length());
        int bits = 0;
        int held = 0;
        for (int i = 0; i < encoded.length(); i++) {
            int value = BASE64.indexOf(encoded.charAt(i));
            if (value >= 0) {
                held = held << 6 | value;
                bits += 6;
            }
            if (bits >= 8) {
                bits -= 8;
                octets.write(held >> bits);
            }
        }
        return octets.toByteArray();
    }
}
