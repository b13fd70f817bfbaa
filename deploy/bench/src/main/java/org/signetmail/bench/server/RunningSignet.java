package org.signetmail.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.signetmail.bench.scenario.Scenario;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;

/** The local stack with a directory of its own. */
final class RunningSignet implements RunningServer {
    private static final Map<String, String> ONE_ACCOUNT_IS_EVERYBODY =
            Map.of("SIGNET_SMTP_MAX_CONNECTIONS_PER_ACCOUNT", "0");

    private final LocalStack stack;
    private final ConsumerLag lag;

    private RunningSignet(LocalStack stack) {
        this.stack = stack;
        this.lag = new ConsumerLag(stack.endpoints().bootstrapServers());
    }

    static RunningSignet start(Scenario scenario, Path directory, int portOffset) {
        StackOptions options = StackOptions.in(directory)
                .withPortOffset(portOffset)
                .withEnvironment(Part.SMTP_EDGE, ONE_ACCOUNT_IS_EVERYBODY);
        for (var service : scenario.environment().entrySet()) {
            options = options.withEnvironment(service.getKey(), service.getValue());
        }
        return new RunningSignet(LocalStack.start(options));
    }

    @Override
    public int port() {
        return stack.endpoints().smtpPort();
    }

    @Override
    public Map<String, Long> processes() {
        var processes = new LinkedHashMap<String, Long>();
        for (Part part : Part.values()) {
            processes.put(part.label(), stack.pid(part));
        }
        return processes;
    }

    @Override
    public Map<String, Long> queued() throws IOException {
        return lag.byTopic();
    }

    @Override
    public void close() {
        lag.close();
        stack.close();
    }
}
