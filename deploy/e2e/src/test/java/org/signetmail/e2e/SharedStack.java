package org.signetmail.e2e;

import java.nio.file.Path;
import java.util.Map;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;

/** The local stack that the end-to-end tests of one JVM use, beside those of other JVMs and of a developer. */
final class SharedStack {
    /** Account of the edge's canary; what no other test signs in as. */
    static final String CANARY = "admin";

    /** Surefire counts the JVMs that run tests side by side from 1. */
    private static final int PORT_OFFSET = 7000 + 100 * Integer.getInteger("signet.fork", 1);

    private static final Map<String, String> EDGE = Map.of(
            "SIGNET_ARCHIVE_ENABLED", "true",
            "SIGNET_SIGN_IN_DELAY", "0.01S",
            "QUARKUS_SHUTDOWN_DELAY", "0.5S",
            "SIGNET_CANARY_ACCOUNT", CANARY,
            "SIGNET_CANARY_PASSWORD", CANARY + "-password",
            "SIGNET_CANARY_INTERVAL", "2S");
    private static LocalStack stack;

    private SharedStack() {}

    /** Starts the stack at the first call; it ends with the JVM. Data begin empty. */
    static synchronized LocalStack get() {
        if (stack == null) {
            Path directory =
                    Path.of("target", "stack-" + ProcessHandle.current().pid());
            stack = LocalStack.start(shortLived(StackOptions.in(directory))
                    .withPortOffset(PORT_OFFSET)
                    // The dialogues forge more addresses than a wrongly set mail program would.
                    .withEnvironment(Part.POLICY_SERVICE, Map.of("SIGNET_SUSPENSION_ADDRESSES", "0"))
                    .withEnvironment(Part.SMTP_EDGE, EDGE)
                    .withEnvironment(Part.SMTP_EDGE, SignInParts.shared().edge()));
        }
        return stack;
    }

    /** For services that a test starts, and maybe kills, within a minute or two: quick to start, never very fast. */
    static StackOptions shortLived(StackOptions options) {
        StackOptions shortLived = options;
        for (Part part : Part.values()) {
            if (part.isService()) {
                shortLived = shortLived.withJvmOption(part, "-XX:TieredStopAtLevel=1");
            }
        }
        return shortLived;
    }
}
