package org.signetmail.edge;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Configuration as Quarkus would read it, from pairs of names and values. */
public final class TestConfig {
    private TestConfig() {}

    public static EdgeConfig edge(String... settings) {
        var all = new HashMap<>(Map.of("signet.directory.token", "secret"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("signet." + settings[i], settings[i + 1]);
        }
        return mapped(EdgeConfig.class, all);
    }

    public static <T> T mapped(Class<T> mapping, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
    }
}
