package org.signetmail.bench.abuse;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** File descriptors that this JVM may have; both ends of a connection need one, in processes of their own. */
public final class OpenFiles {
    private static final int BESIDE = 1000;

    private OpenFiles() {}

    /** @throws IOException when so many connections cannot be had */
    public static void require(int connections) throws IOException {
        var system = ManagementFactory.getOperatingSystemMXBean();
        long number = connections + BESIDE;
        if (system instanceof UnixOperatingSystemMXBean unix && unix.getMaxFileDescriptorCount() < number) {
            throw new IOException("This needs " + number + " open files: ulimit -n " + number);
        }
    }
}
