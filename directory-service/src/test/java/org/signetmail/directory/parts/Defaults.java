package org.signetmail.directory.parts;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.signetmail.directory.DirectoryConfig;

/** The settings as they are when an operator sets nothing, for tests without the running service. */
public final class Defaults {
    private Defaults() {}

    public static DirectoryConfig config() {
        return config(Map.of());
    }

    /** With some settings that an operator sets. */
    public static DirectoryConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withDefaultValues(settings)
                .addDiscoveredConverters()
                .withMapping(DirectoryConfig.class)
                .build()
                .getConfigMapping(DirectoryConfig.class);
    }
}
