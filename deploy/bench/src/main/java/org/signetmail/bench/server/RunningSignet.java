package org.signetmail.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.signetmail.bench.directory.Population;
import org.signetmail.bench.load.Door;
import org.signetmail.bench.network.Link;
import org.signetmail.bench.scenario.Installation;
import org.signetmail.local.broker.BrokerOptions;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.stack.Endpoints;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;

/** The local stack with a directory of its own, and what an installation has by default where the local stack differs. */
public final class RunningSignet implements RunningServer {
    private static final Map<String, String> EDGE =
            Map.of("SIGNET_SMTP_MAX_CONNECTIONS_PER_ACCOUNT", "0", "SIGNET_PROTOCOL_LOG_LEVEL", "none");
    private static final Map<String, String> NOTIFIER =
            Map.of("SIGNET_NOTICES_WINDOW", "1h", "SIGNET_NOTICES_PER_HOUR", "20");

    private final LocalStack stack;
    private final ConsumerLag lag;
    private final Path directory;
    private final Optional<Link> slowDirectory;

    private RunningSignet(LocalStack stack, Path directory, Optional<Link> slowDirectory) {
        this.stack = stack;
        this.lag = new ConsumerLag(stack.endpoints().bootstrapServers());
        this.directory = directory;
        this.slowDirectory = slowDirectory;
    }

    static RunningSignet start(Installation installation, Path directory, int portOffset)
            throws IOException, InterruptedException {
        StackOptions options = StackOptions.in(directory)
                .withPortOffset(portOffset)
                .withEnvironment(Part.SMTP_EDGE, EDGE)
                .withEnvironment(Part.NOTIFIER, NOTIFIER)
                .withBroker(BrokerOptions.ONE_BROKER
                        .withBrokers(installation.brokers())
                        .withPartitions(installation.partitions()));
        Optional<Link> slowDirectory = Optional.empty();
        if (installation.directoryDelayMillis() > 0) {
            Link link = Link.to(new Endpoints(portOffset).httpPort(Part.DIRECTORY_SERVICE));
            link.delay(Duration.ofMillis(installation.directoryDelayMillis()));
            Map<String, String> through = Map.of("SIGNET_DIRECTORY_URL", "http://127.0.0.1:" + link.port());
            options = options.withEnvironment(Part.SMTP_EDGE, through).withEnvironment(Part.POLICY_SERVICE, through);
            slowDirectory = Optional.of(link);
        }
        for (var service : installation.environment().entrySet()) {
            options = options.withEnvironment(service.getKey(), service.getValue());
        }
        var running = new RunningSignet(LocalStack.start(options), directory, slowDirectory);
        if (installation.accounts() > 0) {
            running.populate(installation);
        }
        return running;
    }

    private void populate(Installation installation) throws IOException, InterruptedException {
        Population.write(
                stack.endpoints().url(Part.DIRECTORY_SERVICE),
                stack.token(Role.ADMIN),
                installation.accounts(),
                installation.senders());
    }

    @Override
    public Door door() {
        return new Door(
                stack.endpoints().smtpPort(),
                stack.endpoints().smtpTlsPort(),
                stack.certificate().toString());
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
    public OptionalLong edge() {
        return OptionalLong.of(stack.pid(Part.SMTP_EDGE));
    }

    @Override
    public Map<String, Long> queued() throws IOException {
        return lag.byTopic();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        lag.close();
        stack.close();
        if (slowDirectory.isPresent()) {
            slowDirectory.get().close();
        }
    }
}
