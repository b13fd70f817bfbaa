package org.signetmail.edge.command;

import java.util.Optional;

/** Text inside an ESMTP parameter, RFC 3461 section 4: {@code +41} stands for an octet that could not stand there itself. */
final class Xtext {
    private Xtext() {}

    /** What it stands for; empty when it is no xtext, or stands for anything but printable ASCII (sections 4.2, 4.4). */
    static Optional<String> decode(String xtext) {
        var text = new StringBuilder();
        for (int i = 0; i < xtext.length(); i++) {
            char c = xtext.charAt(i);
            if (c == '+') {
                int octet = i + 2 < xtext.length()
                        ? 16 * hexDigit(xtext.charAt(i + 1)) + hexDigit(xtext.charAt(i + 2))
                        : -1;
                c = octet < 0 ? 0 : (char) octet;
                i += 2;
            } else if (c == '=' || c == ' ') {
                return Optional.empty();
            }
            if (c < ' ' || c > '~') {
                return Optional.empty();
            }
            text.append(c);
        }
        return Optional.of(text.toString());
    }

    /** The value of an upper-case digit; something far below zero for anything else. */
    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1000;
    }
}
