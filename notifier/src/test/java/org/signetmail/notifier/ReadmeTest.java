package org.signetmail.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.signetmail.local.process.Layout;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.metrics.NotifierMetrics;

/** The README's tables are complete: every key with its default, every meter with its labels. */
class ReadmeTest {
    @Test
    void everyConfigKeyIsInTheReadme() throws IOException {
        String readme = readme();
        for (String row : rows("signet.", NotifierConfig.class)) {
            assertTrue(readme.contains(row), row);
        }
    }

    @Test
    void everyMeterIsInTheReadme() throws IOException {
        var registry = new SimpleMeterRegistry();
        NotifierMetrics metrics = new NotifierMetrics(registry);
        metrics.outbox(1, Duration.ofSeconds(2));
        metrics.webhook("siem");
        assertEquals(2, registry.get("signet.notifier.outbox.oldest").gauge().value());
        String readme = readme();
        for (Meter meter : registry.getMeters()) {
            if (meter.getId().syntheticAssociation() != null) {
                continue; // a bucket
            }
            String name = prometheusName(meter);
            assertTrue(readme.contains("| `" + name + "` |"), name);
            meter.getId().getTags().forEach(tag -> assertTrue(readme.contains("`" + tag.getValue() + "`"), tag + ""));
            assertTrue(meter.getId().getDescription() != null, name);
        }
    }

    @Test
    void theDefaultsWork() {
        NotifierConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(NotifierConfig.class)
                .build()
                .getConfigMapping(NotifierConfig.class);
        assertEquals("localhost", config.serverName());
        assertEquals(List.of("postmaster@localhost"), config.administrator());
    }

    private static List<String> rows(String prefix, Class<?> mapping) {
        var rows = new ArrayList<String>();
        for (Method key : mapping.getDeclaredMethods()) {
            String name = prefix + kebab(key.getName());
            if (key.getReturnType() == Map.class) {
                var named = (ParameterizedType) key.getGenericReturnType();
                rows.addAll(rows(name + ".NAME.", (Class<?>) named.getActualTypeArguments()[1]));
            } else if (key.getReturnType().getEnclosingClass() == NotifierConfig.class) {
                rows.addAll(rows(name + ".", key.getReturnType()));
            } else {
                rows.add("| `%s` | `%s` |"
                        .formatted(
                                name,
                                key.isAnnotationPresent(WithDefault.class)
                                        ? key.getAnnotation(WithDefault.class).value()
                                        : "none"));
            }
        }
        return rows;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String prometheusName(Meter meter) {
        String name = meter.getId().getName().replace('.', '_');
        String unit = meter.getId().getBaseUnit();
        return name + (unit == null ? "" : "_" + unit) + (meter instanceof Counter ? "_total" : "");
    }

    private static String readme() throws IOException {
        return Files.readString(Layout.root().resolve("notifier/README.md"));
    }
}
