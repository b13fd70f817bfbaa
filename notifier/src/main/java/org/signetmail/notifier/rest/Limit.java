package org.signetmail.notifier.rest;

import java.util.Optional;

/** How much a page may have. */
public final class Limit {
    public static final String DESCRIPTION = "Most of a page, up to 200; 50 without it";

    private static final int MOST = 200;
    private static final int USUAL = 50;

    private Limit() {}

    /** @throws Problem.Thrown when it is no number that a page may have */
    public static int of(Optional<String> text) {
        return text.map(Limit::number).orElse(USUAL);
    }

    private static int number(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
            throw Problem.badParameter("limit", "limit is from 1 to " + MOST);
        } catch (NumberFormatException e) {
            throw Problem.badParameter("limit", "limit is a number from 1 to " + MOST);
        }
    }
}
