package org.signetmail.edge.management;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.signetmail.edge.protocollog.Level;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.protocollog.Tracing;
import org.signetmail.edge.protocollog.Tracing.Rule;

/**
 * The protocol log's levels on the management port: {@code /signet/protocol-log} for all sessions, {@code …/accounts/LOGIN}
 * and {@code …/clients/ADDRESS} to trace one. PUT sets, with {@code {"level":"maximum","for":"PT1H"}}, DELETE ends, GET
 * shows. It holds for this edge, until it stops.
 */
@ApplicationScoped
class ProtocolLogRoutes {
    private static final Logger LOG = Logger.getLogger(ProtocolLogRoutes.class);
    private static final String PATH = "/signet/protocol-log";
    private static final int MOST_OCTETS = 4096;

    private final AdminToken token;
    private final ProtocolLog log;

    ProtocolLogRoutes(AdminToken token, ProtocolLog log) {
        this.token = token;
        this.log = log;
    }

    /** What cannot be done as it was asked, in words for whoever asked. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private Refused(String message) {
            super(message);
        }
    }

    /** Carries out a request that may pass. */
    @FunctionalInterface
    private interface Change {
        void make(Optional<Rule> rule, RoutingContext request) throws Refused;
    }

    void register(@Observes ManagementInterface management) {
        Router router = management.router();
        router.route(PATH + "*").handler(token::check);
        router.route(PATH + "*").handler(BodyHandler.create(false).setBodyLimit(MOST_OCTETS));
        router.get(PATH).handler(this::show);
        route(router, PATH, (rule, _) -> log.tracing().everybody(rule));
        route(router, PATH + "/accounts/:login", this::traceAccount);
        route(router, PATH + "/clients/:address", this::traceClient);
    }

    private void route(Router router, String path, Change change) {
        router.put(path).handler(request -> perform(change, request));
        router.delete(path).handler(request -> perform(change, request));
    }

    private void perform(Change change, RoutingContext request) {
        boolean sets = request.request().method().equals(HttpMethod.PUT);
        try {
            Optional<Rule> rule = sets ? Optional.of(rule(request)) : Optional.empty();
            change.make(rule, request);
            LOG.infof(
                    "Protocol log: %s %s %s, asked for by %s",
                    request.request().method(),
                    request.normalizedPath(),
                    rule.map(Object::toString).orElse(""),
                    request.request().remoteAddress());
            show(request);
        } catch (Refused e) {
            Problem.answer(request, 400, e.getMessage());
        }
    }

    private void traceAccount(Optional<Rule> rule, RoutingContext request) throws Refused {
        unlessTooMany(log.tracing().account(request.pathParam("login"), rule));
    }

    private void traceClient(Optional<Rule> rule, RoutingContext request) throws Refused {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(request.pathParam("address"));
        } catch (IllegalArgumentException _) {
            throw new Refused("Not an IP address: " + request.pathParam("address"));
        }
        unlessTooMany(log.tracing().client(address.getHostAddress(), rule));
    }

    private static void unlessTooMany(boolean fits) throws Refused {
        if (!fits) {
            throw new Refused("Too many traces; end some first");
        }
    }

    private Rule rule(RoutingContext request) throws Refused {
        try {
            JsonObject body = request.body().asJsonObject();
            if (body == null) {
                throw new Refused("A JSON object with level is needed");
            }
            String level = body.getString("level", "").toUpperCase(Locale.ROOT);
            if (Arrays.stream(Level.values()).noneMatch(known -> known.name().equals(level))) {
                throw new Refused("level is one of none, minimum, medium, maximum");
            }
            Optional<Duration> time = Optional.ofNullable(body.getString("for")).map(Duration::parse);
            if (time.filter(duration -> duration.isNegative() || duration.isZero())
                    .isPresent()) {
                throw new Refused("for is a duration that is positive");
            }
            return new Rule(Level.valueOf(level), time.map(log.tracing().now()::plus));
        } catch (DecodeException | ClassCastException e) {
            throw new Refused("Not the JSON that is needed: level, and for if it is to end by itself");
        } catch (DateTimeException | ArithmeticException e) {
            throw new Refused("for is an ISO 8601 duration, as PT1H");
        }
    }

    private void show(RoutingContext request) {
        Tracing tracing = log.tracing();
        Tracing.Rules rules = tracing.rules();
        JsonObject shown = shown(rules.everybody().orElseGet(() -> new Rule(tracing.configured(), Optional.empty())))
                .put("configured", word(tracing.configured()))
                .put("accounts", shown(rules.accounts()))
                .put("clients", shown(rules.clients()))
                .put("lostLines", log.lostLines());
        request.response()
                .putHeader("Content-Type", "application/json")
                .end(shown.encode())
                .onFailure(e -> LOG.debugf("Whoever asked does not listen: %s", e.getMessage()));
    }

    private static JsonObject shown(Map<String, Rule> rules) {
        var all = new JsonObject();
        rules.forEach((key, rule) -> all.put(key, shown(rule)));
        return all;
    }

    private static JsonObject shown(Rule rule) {
        var shown = new JsonObject().put("level", word(rule.level()));
        rule.until().ifPresent(until -> shown.put("until", until.toString()));
        return shown;
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
