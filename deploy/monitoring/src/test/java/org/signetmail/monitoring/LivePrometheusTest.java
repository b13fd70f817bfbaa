package org.signetmail.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

    private static final Duration LIMIT = Duration.ofSeconds(60);
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

    private static LocalStack stack;
    private static Prometheus prometheus;
    private static Load load;

    @BeforeAll
    static void start() throws IOException {
        Programs.require("prometheus");
        Path directory = Path.of("target", "stack-" + ProcessHandle.current().pid());
        stack = LocalStack.start(StackOptions.in(directory)
                .withPortOffset(PORT_OFFSET)
                .withEnvironment(Part.POLICY_SERVICE, Map.of("SIGNET_SUSPENSION_ADDRESSES", "0"))
                .withEnvironment(Part.NOTIFIER, NOTIFIER)
                .withEnvironment(Part.SMTP_EDGE, EDGE));
        prometheus = Prometheus.start(directory.resolve("prometheus"), PROMETHEUS_PORT, stack.endpoints());
        load = new Load(stack);
    }

    @AfterAll
    static void stop() {
        Stream.of(load, prometheus, stack).filter(Objects::nonNull).forEach(LivePrometheusTest::close);
    }

    @Test
    void everyQueryHasLines() throws IOException {
        List<String> missing = await(LivePrometheusTest::queriesWithoutLines);
        assertEquals(List.of(), missing);
        assertEquals(List.of(), load.faults());
        if (Boolean.getBoolean("signet.write-pictures")) {
            draw();
        }
    }

    @Test
    void everyAlertIsEvaluated() {
        assertEquals(List.of(), await(LivePrometheusTest::alertsWithoutSeries));
        var faults = new ArrayList<String>();
        prometheus.rules().forEach(group -> group.path("rules").forEach(rule -> {
            if (!rule.path("health").asText().equals("ok")) {
                faults.add(rule.path("name").asText() + ": " + rule.path("lastError").asText());
            }
        }));
        assertEquals(List.of(), faults);
    }

    private static List<String> queriesWithoutLines() {
        var missing = new ArrayList<String>();
        for (String name : Dashboard.names()) {
            for (GrafanaDashboard.Panel panel : GrafanaDashboard.read(name).panels()) {
                panel.targets().stream()
                        .map(target -> target.expression(RATE_INTERVAL))
                        .filter(expression -> prometheus.query(expression).isEmpty())
                        .forEach(expression -> missing.add(name + ", " + panel.title() + ": " + expression));
            }
        }
        return missing;
    }

    /** Alerts are quiet while all is well; what they look at must be there all the same. */
    private static List<String> alertsWithoutSeries() {
        var missing = new ArrayList<String>();
        prometheus.rules().forEach(group -> group.path("rules").forEach(rule -> SELECTOR
                .matcher(rule.path("query").asText())
                .results()
                .map(MatchResult::group)
                .filter(selector -> prometheus.query(selector).isEmpty())
                .forEach(selector -> missing.add(rule.path("name").asText() + ": " + selector))));
        if (prometheus.rules().isEmpty()) {
            missing.add("There are no alerts at all");
        }
        return missing;
    }

    /** Waits until nothing is missing; gives what still is when the time is up. */
    private static List<String> await(Supplier<List<String>> missing) {
        long end = System.nanoTime() + LIMIT.toNanos();
        List<String> still = missing.get();
        while (!still.isEmpty() && System.nanoTime() < end) {
            pause(POLL);
            still = missing.get();
        }
        return still;
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
