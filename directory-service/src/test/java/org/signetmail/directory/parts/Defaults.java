package org.signetmail.directory.parts;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.signetmail.directory.DirectoryConfig;

/** The settings as they are when an operator sets nothing, for tests without the running service. */
public final class Defaults {
    private Defaults() {}

    public static DirectoryConfig config() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DirectoryConfig.class)
                .build()
                .getConfigMapping(DirectoryConfig.class);
    }
}
