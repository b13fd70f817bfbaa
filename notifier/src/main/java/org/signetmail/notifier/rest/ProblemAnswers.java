package org.signetmail.notifier.rest;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what goes wrong in a request into problem details. */
public class ProblemAnswers {
    private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);

    @ServerExceptionMapper
    public Response thrown(Problem.Thrown thrown) {
        return answer(thrown.problem());
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Response unauthorized(SecurityException refused) {
        LOG.debugf(refused, "No valid token");
        return Response.fromResponse(answer(Problem.of(401, "Unauthorized", "A valid bearer token is needed")))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer") // RFC 6750 3
                .build();
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException refused) {
        LOG.debugf(refused, "No role for this");
        return answer(Problem.of(403, "Forbidden", "The token has none of the roles that may do this"));
    }

    @ServerExceptionMapper
    public Response unavailable(SQLException e) {
        LOG.warnf("PostgreSQL did not answer a request: %s", e.getMessage());
        return answer(Problem.of(503, "Service Unavailable", "The database does not answer at present"));
    }

    @ServerExceptionMapper
    public Response framework(WebApplicationException e) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        return answer(Problem.of(status.getStatusCode(), status.getReasonPhrase(), status.getReasonPhrase()));
    }

    @ServerExceptionMapper
    public Response unexpected(RuntimeException e) {
        LOG.error("A request failed unexpectedly", e);
        return answer(Problem.of(500, "Internal Server Error", "The server's log has the cause"));
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
