package org.signetmail.edge.management;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** An error as RFC 9457 has it. */
final class Problem {
    private Problem() {}

    static void answer(RoutingContext request, int status, String detail) {
        var problem = new JsonObject()
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail);
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(problem.encode())
                .onFailure(_ -> request.request().connection().close());
    }
}
