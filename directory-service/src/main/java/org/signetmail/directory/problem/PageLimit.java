package org.signetmail.directory.problem;

/** The size of a page that a list is asked for. */
public final class PageLimit {
    public static final String DEFAULT = "100";
    private static final int LARGEST = 1000;

    private PageLimit() {}

    public static int check(int limit) {
        if (limit < 1 || limit > LARGEST) {
            throw Refused.invalid("limit", "A page has 1 to " + LARGEST + " entries");
        }
        return limit;
    }
}
