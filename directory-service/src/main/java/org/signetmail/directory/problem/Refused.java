package org.signetmail.directory.problem;

import java.util.Optional;

/** A request that cannot be done as it stands: the sender reads why, and which field is at fault. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final int status;
    private final String field;

    private Refused(int status, String field, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.field = field;
    }

    /** 400: field is the path of the value at fault, such as {@code addresses[1].address}. */
    public static Refused invalid(String field, String detail) {
        return new Refused(BAD_REQUEST, field, detail);
    }

    /** 403: who asks may do this, but not to this value. */
    public static Refused forbidden(String field, String detail) {
        return new Refused(FORBIDDEN, field, detail);
    }

    /** 409: the value is sound, but something that is stored stands against it. */
    public static Refused conflict(String field, String detail) {
        return new Refused(CONFLICT, field, detail);
    }

    /** 404. */
    public static Refused notFound(String what) {
        return new Refused(NOT_FOUND, null, "There is no " + what);
    }

    /** 503: what is needed for an answer is out of reach; the same request may well succeed later. */
    public static Refused unavailable(String detail) {
        return new Refused(UNAVAILABLE, null, detail);
    }

    public int status() {
        return status;
    }

    public Optional<String> field() {
        return Optional.ofNullable(field);
    }
}
