package org.signetmail.directory.problem;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The size of a page that a list is asked for, as the query parameter {@code limit}. */
@Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000")
public record PageLimit(int value) {
    public static final String DEFAULT = "100";
    private static final int LARGEST = 1000;

    public PageLimit {
        if (value < 1 || value > LARGEST) {
            throw invalid();
        }
    }

    /** Called by the REST layer. */
    public static PageLimit valueOf(String text) {
        try {
            return new PageLimit(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    private static Refused invalid() {
        return Refused.invalid("limit", "A page has 1 to " + LARGEST + " entries");
    }
}
