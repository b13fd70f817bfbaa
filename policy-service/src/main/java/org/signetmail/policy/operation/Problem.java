package org.signetmail.policy.operation;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;

/**
 * What went wrong with a request (RFC 9457).
 *
 * @param field name of the field at fault
 */
public record Problem(String type, String title, int status, String detail, Optional<String> field) {
    static final MediaType JSON = new MediaType("application", "problem+json");
    private static final String NO_TYPE = "about:blank"; // RFC 9457 4.2.1

    public static Response of(Status status, String detail, Optional<String> field) {
        var problem = new Problem(NO_TYPE, status.getReasonPhrase(), status.getStatusCode(), detail, field);
        return Response.status(status).type(JSON).entity(problem).build();
    }
}
