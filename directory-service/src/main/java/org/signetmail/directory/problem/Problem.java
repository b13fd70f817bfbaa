package org.signetmail.directory.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;

/** RFC 9457 section 3, plus the name of the field at fault. */
public record Problem(String type, String title, int status, String detail, Optional<String> field) {
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String detail, Optional<String> field) {
        Status known = Status.fromStatusCode(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        return new Problem("about:blank", title, status, detail, field);
    }

    Response.ResponseBuilder response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this);
    }
}
