package org.signetmail.directory.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.signetmail.directory.database.DatabaseFailure;

/** Every error leaves as a problem document. */
public class ProblemResponses {
    private static final Logger LOG = Logger.getLogger(ProblemResponses.class);
    private static final String RETRY_SECONDS = "1";

    @ServerExceptionMapper
    public Response refused(Refused refused) {
        return Problem.of(refused.status(), refused.getMessage(), refused.field())
                .response()
                .build();
    }

    @ServerExceptionMapper
    public Response mismatch(MismatchedInputException unreadable) {
        return unreadable(unreadable);
    }

    @ServerExceptionMapper
    public Response failed(WebApplicationException failed) {
        if (failed.getCause() instanceof JsonProcessingException unreadable) {
            return unreadable(unreadable);
        }
        if (failed.getCause() instanceof Refused refused) { // by a parameter's own type
            return refused(refused);
        }
        Response response = failed.getResponse();
        return Response.fromResponse(response)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(response.getStatus(), failed.getMessage(), Optional.empty()))
                .build();
    }

    @ServerExceptionMapper
    public Response databaseFailed(DatabaseFailure failure) {
        if (failure.unavailable()) {
            LOG.warnf("The database is unavailable: %s", failure.getMessage());
            return Problem.of(503, "The database is unavailable", Optional.empty())
                    .response()
                    .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                    .build();
        }
        return unexpected(failure);
    }

    @ServerExceptionMapper
    public Response unauthorized(UnauthorizedException missing) {
        return challenge("A bearer token is required");
    }

    @ServerExceptionMapper
    public Response unauthenticated(AuthenticationFailedException invalid) {
        return challenge("The bearer token is not valid");
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException forbidden) {
        return Problem.of(Status.FORBIDDEN.getStatusCode(), "The token's roles do not allow this", Optional.empty())
                .response()
                .build();
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable fault) {
        LOG.error("A request failed unexpectedly", fault);
        return Problem.of(500, "An unexpected fault; the service's log has it", Optional.empty())
                .response()
                .build();
    }

    /** RFC 6750 section 3. */
    private static Response challenge(String detail) {
        return Problem.of(Status.UNAUTHORIZED.getStatusCode(), detail, Optional.empty())
                .response()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    private static Response unreadable(JsonProcessingException unreadable) {
        Refused refused = JsonFault.of(unreadable);
        return Problem.of(refused.status(), refused.getMessage(), refused.field())
                .response()
                .build();
    }
}
