package org.signetmail.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.archive.Retention;
import org.signetmail.edge.content.Budget;
import org.signetmail.edge.event.KafkaConfig;
import org.signetmail.edge.protocollog.Level;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.relay.RelayConfig;
import org.signetmail.edge.relay.RelayMetrics;
import org.signetmail.edge.trace.TraceConfig;

/** The README's tables have every key with its default and every meter, and nothing that is not there any more. */
class DocumentationTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern KEY =
            Pattern.compile("^\\| `(signet\\.[a-z0-9.-]+)` \\| ([^|]*) \\|", Pattern.MULTILINE);
    private static final Pattern METER = Pattern.compile("^\\| `(signet_[a-z_]+)`", Pattern.MULTILINE);

    @Test
    void everyKeyIsDocumentedWithItsDefault() throws IOException {
        var keys = new TreeMap<String, String>();
        for (Class<?> mapping : Set.of(EdgeConfig.class, RelayConfig.class, KafkaConfig.class, TraceConfig.class)) {
            collect(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping, keys);
        }
        var documented = new TreeMap<String, String>();
        KEY.matcher(Files.readString(README))
                .results()
                .forEach(row -> documented.put(
                        row.group(1), row.group(2).replace("`", "").strip()));
        assertEquals(lines(keys), lines(documented));
    }

    private static void collect(String prefix, Class<?> mapping, Map<String, String> keys) {
        for (Method method : mapping.getMethods()) {
            String key = prefix + "." + kebab(method.getName());
            if (method.getReturnType().isInterface() && method.getReturnType().getEnclosingClass() == mapping) {
                collect(key, method.getReturnType(), keys);
            } else if (method.getGenericReturnType() instanceof ParameterizedType type
                    && type.getRawType() == Map.class
                    && type.getActualTypeArguments()[1] instanceof Class<?> named) {
                collect(key + ".name", named, keys);
            } else {
                keys.put(key, byDefault(method));
            }
        }
    }

    private static String byDefault(Method method) {
        return Optional.ofNullable(method.getAnnotation(WithDefault.class))
                .map(WithDefault::value)
                .orElse(method.getReturnType() == Optional.class ? "none" : "required");
    }

    private static String kebab(String name) {
        return Pattern.compile("[A-Z]")
                .matcher(name)
                .replaceAll(upper -> "-" + upper.group().toLowerCase(Locale.ROOT));
    }

    @Test
    void everyMeterIsDocumented() throws Exception {
        var registry = new SimpleMeterRegistry();
        var metrics = new EdgeMetrics(registry);
        metrics.connections(() -> 0, 1);
        metrics.pendingVerdicts(() -> 0);
        metrics.archive(new Retention(Path.of("target/unused"), Duration.ZERO, 0));
        metrics.counts(() -> 0);
        metrics.messageOctets(new Budget(1), new Budget(1));
        new DependencyMetrics(registry).close();
        try (var log = ProtocolLog.open(Level.NONE, Path.of("target/unused.log"))) {
            metrics.lostLogLines(log);
            observeRelay(new RelayMetrics(registry));
            var registered = new TreeSet<String>();
            registry.getMeters().stream()
                    .map(Meter::getId)
                    .filter(id -> id.syntheticAssociation() == null)
                    .forEach(id -> registered.add(prometheus(id)));
            assertTrue(registered.size() > 20, registered::toString);
            assertEquals(lines(registered), lines(names(METER, Files.readString(README))));
        }
    }

    /** The name as Prometheus reads it. */
    private static String prometheus(Meter.Id meter) {
        String suffix = switch (meter.getType()) {
            case COUNTER -> "_total";
            case TIMER -> "_seconds";
            case GAUGE -> meter.getBaseUnit() == null ? "" : "_" + meter.getBaseUnit();
            case LONG_TASK_TIMER, DISTRIBUTION_SUMMARY, OTHER ->
                throw new IllegalArgumentException("No such meter here so far: " + meter);
        };
        return meter.getName().replace('.', '_') + suffix;
    }

    /** What the relay shows when it starts, by methods of its package. */
    private static void observeRelay(RelayMetrics metrics) throws ReflectiveOperationException {
        for (Method method : RelayMetrics.class.getDeclaredMethods()) {
            method.setAccessible(true);
            if (method.getName().equals("observe")) {
                Class<?> figures = method.getParameterTypes()[0];
                method.invoke(
                        metrics,
                        Proxy.newProxyInstance(figures.getClassLoader(), new Class<?>[] {figures}, (_, _, _) -> 0));
            } else if (method.getName().equals("route")) {
                method.invoke(metrics, "default", (Supplier<Number>) () -> 0);
            }
        }
    }

    @Test
    void kafkasOwnMetersAreDocumented() throws IOException {
        String readme = Files.readString(README);
        KafkaMeters.SHOWN.forEach(meter -> assertTrue(
                readme.contains("`" + meter.replace('.', '_') + "`"), () -> meter + " is not in the README"));
    }

    private static Set<String> names(Pattern pattern, String text) {
        var names = new TreeSet<String>();
        pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(names::add);
        return names;
    }

    /** One a line, so that a difference is easy to see. */
    private static String lines(Map<String, String> rows) {
        var lines = new StringBuilder();
        rows.forEach(
                (key, value) -> lines.append(key).append(" = ").append(value).append('\n'));
        return lines.toString();
    }

    private static String lines(Set<String> names) {
        return String.join("\n", names);
    }
}
