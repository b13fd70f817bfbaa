package org.signetmail.directory.credential;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of an account: 1 to 64 of {@code a-z 0-9 . _ @ -}. Upper case is read as lower case. */
public record Login(String text) {
    // Checked before the case is folded: the Kelvin sign, too, becomes a k.
    private static final Pattern GIVEN = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    public Login {
        if (!GIVEN.matcher(text).matches()) {
            throw new IllegalArgumentException("No login: " + text);
        }
        text = text.toLowerCase(Locale.ROOT);
    }

    /** Empty when the text cannot be any account's login. */
    public static Optional<Login> of(String text) {
        return GIVEN.matcher(text).matches() ? Optional.of(new Login(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
