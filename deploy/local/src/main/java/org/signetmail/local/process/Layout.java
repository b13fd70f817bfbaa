package org.signetmail.local.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things lie in a checkout. The launcher and the tests name its root in the system property signet.root. */
public final class Layout {
    private Layout() {}

    public static Path root() {
        Path root =
                Path.of(System.getProperty("signet.root", "")).toAbsolutePath().normalize();
        if (!Files.exists(root.resolve("deploy/contract"))) {
            throw new IllegalStateException("No Signet checkout at " + root + "; set -Dsignet.root");
        }
        return root;
    }

    /** The class path of this module and what it needs, as the build laid it out. */
    static String localClassPath() {
        Path target = root().resolve("deploy/local/target");
        return target.resolve("classes") + ":" + target.resolve("lib") + "/*";
    }
}
