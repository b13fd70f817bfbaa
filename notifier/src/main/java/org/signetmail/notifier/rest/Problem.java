package org.signetmail.notifier.rest;

import java.util.Optional;

/** RFC 9457 problem details; field names the parameter at fault. */
public record Problem(String type, String title, int status, String detail, Optional<String> field) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, Optional.empty());
    }

    /** What a resource throws to answer with a problem. */
    public static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        Thrown(Problem problem) {
            super(problem.detail());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    public static Thrown badParameter(String field, String detail) {
        return new Thrown(new Problem("about:blank", "Bad Request", 400, detail, Optional.of(field)));
    }

    public static Thrown notFound(String detail) {
        return new Thrown(of(404, "Not Found", detail));
    }
}
