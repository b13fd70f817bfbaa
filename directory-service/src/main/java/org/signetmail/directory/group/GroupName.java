package org.signetmail.directory.group;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a group, of the same form as a login: 1 to 64 of {@code a-z 0-9 . _ @ -}. Upper case is read as lower. */
public record GroupName(String text) {
    private static final Pattern GIVEN = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    public GroupName {
        if (!GIVEN.matcher(text).matches()) {
            throw new IllegalArgumentException("No name of a group: " + text);
        }
        text = text.toLowerCase(Locale.ROOT);
    }

    /** Empty when the text cannot be any group's name. */
    public static Optional<GroupName> of(String text) {
        return GIVEN.matcher(text).matches() ? Optional.of(new GroupName(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
