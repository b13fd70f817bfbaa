package org.signetmail.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.process.Layout;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;

/**
 * A real Prometheus scrapes the local stack while some of everything happens on it: every query of every dashboard is
 * understood and has lines, and every alert is evaluated over series that are there.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class LivePrometheusTest {
    private static final int PORT_OFFSET = 6000;
    private static final int PROMETHEUS_PORT = 9090 + PORT_OFFSET;
    private static final String RATE_INTERVAL = "10s";

    /** How much is seen in a picture; the tests are content with less. */
    private static final Duration PICTURED = Duration.ofSeconds(Integer.getInteger("signet.pictured-seconds", 120));

    /** A metric and its labels, as an alert names them. */
    private static final Pattern SELECTOR = Pattern.compile("signet_[a-z_]+(\\{[^}]*})?");

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(500);

    /** A canary, a key to sign with, and a target of webhooks that is not there: their figures are drawn, too. */
    private static final Map<String, String> EDGE = Map.of(
            "SIGNET_CANARY_ACCOUNT", "admin",
            "SIGNET_CANARY_PASSWORD", "admin-password",
            "SIGNET_CANARY_INTERVAL", "2S",
            "SIGNET_SIGN_IN_DELAY", "0.01S");

    private static final Map<String, String> NOTIFIER = Map.of(
            "SIGNET_WEBHOOKS_TARGETS_CHAT_URL", "http://127.0.0.1:9/hook",
            "SIGNET_WEBHOOKS_TARGETS_CHAT_SECRETS", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");

    /** An expression, and whose it is. */
    private record Query(String whose, String expression) {}

    private static LocalStack stack;
    private static Prometheus prometheus;
    private static Load load;

    @BeforeAll
    static void start() throws IOException {
        Programs.require("prometheus");
        Path directory = Path.of("target", "stack-" + ProcessHandle.current().pid());
        StackOptions options = StackOptions.in(directory)
                .withPortOffset(PORT_OFFSET)
                .withEnvironment(Part.POLICY_SERVICE, Map.of("SIGNET_SUSPENSION_ADDRESSES", "0"))
                .withEnvironment(Part.NOTIFIER, NOTIFIER)
                .withEnvironment(Part.SMTP_EDGE, EDGE);
        for (Part service : List.of(Part.DIRECTORY_SERVICE, Part.POLICY_SERVICE, Part.NOTIFIER, Part.SMTP_EDGE)) {
            options = options.withJvmOption(service, "-XX:TieredStopAtLevel=1"); // short-lived (decision 0086)
        }
        stack = LocalStack.start(options);
        prometheus = Prometheus.start(directory.resolve("prometheus"), PROMETHEUS_PORT, stack.endpoints());
        load = new Load(stack);
    }

    @AfterAll
    static void stop() {
        Stream.of(load, prometheus, stack).filter(Objects::nonNull).forEach(LivePrometheusTest::close);
    }

    @Test
    void everyQueryHasLines() throws IOException {
        assertEquals(List.of(), withoutLines(queries()));
        assertEquals(List.of(), load.faults());
        if (Boolean.getBoolean("signet.write-pictures")) {
            draw();
        }
    }

    @Test
    void everyAlertIsEvaluated() {
        assertEquals(List.of(), withoutLines(selectorsOfAlerts()));
        var faults = new ArrayList<String>();
        prometheus
                .rules()
                .forEach(group -> group.path("rules").forEach(rule -> {
                    if (!rule.path("health").asText().equals("ok")) {
                        faults.add(rule.path("name").asText() + ": "
                                + rule.path("lastError").asText());
                    }
                }));
        assertEquals(List.of(), faults);
    }

    private static List<Query> queries() {
        var queries = new ArrayList<Query>();
        for (String name : Dashboard.names()) {
            for (GrafanaDashboard.Panel panel : GrafanaDashboard.read(name).panels()) {
                panel.targets()
                        .forEach(target ->
                                queries.add(new Query(name + ", " + panel.title(), target.expression(RATE_INTERVAL))));
            }
        }
        return queries;
    }

    /** Alerts are quiet while all is well; what they look at must be there all the same. */
    private static List<Query> selectorsOfAlerts() {
        var selectors = new ArrayList<Query>();
        prometheus
                .rules()
                .forEach(group -> group.path("rules")
                        .forEach(rule -> SELECTOR.matcher(rule.path("query").asText())
                                .results()
                                .map(MatchResult::group)
                                .forEach(selector -> selectors.add(
                                        new Query(rule.path("name").asText(), selector)))));
        return selectors;
    }

    /** Waits until every query has lines; gives those that still have none when the time is up. */
    private static List<Query> withoutLines(List<Query> queries) {
        assertFalse(queries.isEmpty());
        long end = System.nanoTime() + LIMIT.toNanos();
        List<Query> missing = queries;
        while (!missing.isEmpty() && System.nanoTime() < end) {
            pause(POLL);
            missing = missing.stream()
                    .filter(query -> prometheus.query(query.expression()).isEmpty())
                    .toList();
        }
        return missing;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void draw() throws IOException {
        pause(PICTURED);
        Instant now = Instant.now();
        for (String name : Dashboard.names()) {
            Path file = Layout.root().resolve("deploy/monitoring/pictures").resolve(name + ".png");
            new Picture(prometheus, now.minus(PICTURED), now, RATE_INTERVAL).draw(GrafanaDashboard.read(name), file);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
