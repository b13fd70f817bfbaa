package org.signetmail.edge.management;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.signetmail.edge.EdgeConfig;

/**
 * Lets only those change the edge who show its token: the management port is open to whoever collects figures, and a trace
 * shows other people's mail (decision 0025).
 */
@Singleton
class AdminToken {
    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> token;

    AdminToken(EdgeConfig config) {
        token = config.management().token().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Lets a request pass, or answers it. */
    void check(RoutingContext request) {
        String authorization = request.request().getHeader("Authorization");
        if (token.isEmpty()) {
            Problem.answer(request, 403, "Set signet.management.token to allow this");
        } else if (authorization == null || !authorization.startsWith(SCHEME) || !isToken(authorization)) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
            Problem.answer(request, 401, "Needs the bearer token of signet.management.token");
        } else {
            request.next();
        }
    }

    private boolean isToken(String authorization) {
        byte[] shown = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token.orElseThrow(), shown);
    }
}
