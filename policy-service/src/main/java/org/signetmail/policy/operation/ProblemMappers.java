package org.signetmail.policy.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Objects;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors of the REST interface as problem details. */
public final class ProblemMappers {
    @ServerExceptionMapper
    public Response unreadable(MismatchedInputException e) {
        String field = e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return Problem.of(
                Status.BAD_REQUEST, "The body does not have the form that is asked for", Optional.ofNullable(field));
    }

    @ServerExceptionMapper
    public Response noJson(JsonProcessingException e) {
        return Problem.of(Status.BAD_REQUEST, "The body is not JSON", Optional.empty());
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Response unauthorized(SecurityException e) {
        return Response.fromResponse(
                        Problem.of(Status.UNAUTHORIZED, "A valid bearer token is required", Optional.empty()))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer") // RFC 6750 3
                .build();
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException e) {
        return Problem.of(Status.FORBIDDEN, "The token's roles do not allow this", Optional.empty());
    }

    @ServerExceptionMapper
    public Response refused(WebApplicationException e) {
        if (e.getCause() instanceof MismatchedInputException mismatch) {
            return unreadable(mismatch);
        }
        if (e.getCause() instanceof JsonProcessingException unreadable) {
            return noJson(unreadable);
        }
        Status status = Status.fromStatusCode(e.getResponse().getStatus());
        return status == null || e.getResponse().hasEntity()
                ? e.getResponse()
                : Problem.of(status, status.getReasonPhrase(), Optional.empty());
    }
}
