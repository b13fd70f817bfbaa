package org.signetmail.edge.protocollog;

import java.util.Locale;
import java.util.Set;

/** Makes text of a client fit to be written: nothing in it may begin a line, move a cursor, or be a credential. */
final class LogText {
    static final String SECRET = "****";

    private static final Set<String> VERBS = Set.of(
            "EHLO",
            "HELO",
            "LHLO",
            "MAIL",
            "RCPT",
            "DATA",
            "BDAT",
            "RSET",
            "NOOP",
            "VRFY",
            "EXPN",
            "HELP",
            "QUIT",
            "STARTTLS",
            "ETRN",
            "TURN",
            "XCLIENT");
    private static final Set<String> MECHANISMS = Set.of(
            "PLAIN",
            "LOGIN",
            "SCRAM-SHA-256",
            "SCRAM-SHA-256-PLUS",
            "OAUTHBEARER",
            "XOAUTH2",
            "EXTERNAL",
            "CRAM-MD5",
            "DIGEST-MD5",
            "SCRAM-SHA-1",
            "SCRAM-SHA-1-PLUS",
            "GSSAPI",
            "NTLM");

    private LogText() {}

    /**
     * A command as it may be written. Of AUTH only a known mechanism; of what is no SMTP command only its size, since
     * mail programs whose AUTH was refused have been seen to send the password all the same.
     */
    static String command(String line) {
        String[] words = line.strip().split("\\s+", 3);
        String verb = words[0].toUpperCase(Locale.ROOT);
        if (verb.equals("AUTH")) {
            boolean known = words.length > 1 && MECHANISMS.contains(words[1].toUpperCase(Locale.ROOT));
            boolean more = words.length > 2 || words.length == 2 && !known;
            return "AUTH" + (known ? " " + words[1] : "") + (more ? " " + SECRET : "");
        }
        return VERBS.contains(verb) ? printable(line) : SECRET + " (no command, " + line.length() + " characters)";
    }

    static boolean isAuth(String line) {
        return line.strip().split("\\s+", 2)[0].equalsIgnoreCase("AUTH");
    }

    /** Whatever could end the line or change how it is shown becomes an escape, and so does the backslash. */
    static String printable(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\\') {
                line.append("\\\\");
            } else if (isShown(c)) {
                line.appendCodePoint(c);
            } else {
                line.append("\\u{%X}".formatted(c));
            }
        });
        return line.toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
