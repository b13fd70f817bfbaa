package org.signetmail.directory.credential;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An application password, which is never chosen: {@code signet-} and six groups of four, the first two of which are its
 * id. The id finds the one verifier to compare with, so that a sign-in costs the same however many passwords an account
 * has; 80 bits are secret.
 *
 * @param text as it is shown, and as its verifier was derived
 */
record GeneratedPassword(String id, String text) {
    /** Nobody chooses such a password: it says by itself that it is one, to scanners for leaked secrets, too. */
    private static final String PREFIX = "signet";

    /** Crockford's base 32: no letter is taken for a digit, whoever types it in. */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int LENGTH = 24;
    private static final int ID_LENGTH = 8;
    private static final int LONGEST_TEXT = 100;
    private static final Pattern SYMBOLS = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");
    private static final Pattern ID = Pattern.compile("[" + ALPHABET + "]{" + ID_LENGTH + "}");
    private static final Pattern GROUP = Pattern.compile(".{4}");

    static GeneratedPassword draw(SecureRandom random) {
        var symbols = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            symbols.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return of(symbols.toString());
    }

    /** Empty when the text is no application password by its shape. Case, hyphens and spaces do not count. */
    static Optional<GeneratedPassword> read(String text) {
        String joined =
                text.length() > LONGEST_TEXT ? "" : text.replaceAll("[- ]", "").toLowerCase(Locale.ROOT);
        if (!joined.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String symbols = joined.substring(PREFIX.length())
                .replace('o', '0')
                .replace('i', '1')
                .replace('l', '1');
        return SYMBOLS.matcher(symbols).matches() ? Optional.of(of(symbols)) : Optional.empty();
    }

    /** The id that such a text can be; empty when it can be none. */
    static Optional<String> id(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT))
                .filter(id -> ID.matcher(id).matches());
    }

    private static GeneratedPassword of(String symbols) {
        return new GeneratedPassword(
                symbols.substring(0, ID_LENGTH), PREFIX + GROUP.matcher(symbols).replaceAll("-$0"));
    }

    Password password() {
        return new Password(text);
    }

    @Override
    public String toString() {
        return "(application password " + id + ")";
    }
}
