package org.signetmail.e2e;

import java.nio.file.Path;
import java.util.Map;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;

/** The one local stack that every end-to-end test uses, beside a stack that a developer may have running. */
final class SharedStack {
    private static final int PORT_OFFSET = 7000;
    private static LocalStack stack;

    private SharedStack() {}

    /** Starts the stack at the first call; it ends with the JVM. Data begin empty. */
    static synchronized LocalStack get() {
        if (stack == null) {
            Path directory =
                    Path.of("target", "stack-" + ProcessHandle.current().pid());
            stack = LocalStack.start(StackOptions.in(directory)
                    .withPortOffset(PORT_OFFSET)
                    .withEnvironment(
                            Part.SMTP_EDGE,
                            Map.of("SIGNET_ARCHIVE_ENABLED", "true", "QUARKUS_SHUTDOWN_DELAY", "0.5S")));
        }
        return stack;
    }
}
