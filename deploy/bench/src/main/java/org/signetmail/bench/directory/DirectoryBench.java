package org.signetmail.bench.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.signetmail.bench.load.Latency;
import org.signetmail.bench.measure.Machine;
import org.signetmail.bench.measure.Sample;
import org.signetmail.bench.scenario.Senders;
import org.signetmail.local.process.Layout;
import org.signetmail.local.process.Trees;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;

/**
 * {@code ./signet bench directory [KEY=VALUE …]}: asks a small directory, makes it a large one by an import, and asks
 * again: real PostgreSQL, real Kafka, one directory-service, loopback.
 */
public final class DirectoryBench {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final DirectorySettings settings;
    private final LocalStack stack;
    private final DirectoryClient client;

    private DirectoryBench(DirectorySettings settings, LocalStack stack) {
        this.settings = settings;
        this.stack = stack;
        this.client = new DirectoryClient(stack.endpoints().url(Part.DIRECTORY_SERVICE), stack.token(Role.ADMIN));
    }

    /** Returns whether the bound holds. */
    public static boolean run(List<String> arguments, int portOffset) throws IOException, InterruptedException {
        DirectorySettings settings = DirectorySettings.of(arguments);
        Path home = Layout.root().resolve("deploy/bench");
        Path directory = home.resolve("target/run/directory");
        Machine machine = Machine.here(Layout.root());
        System.out.println(machine);
        Trees.delete(directory);
        try (LocalStack stack = LocalStack.prepare(StackOptions.in(directory).withPortOffset(portOffset))) {
            for (Part part : List.of(Part.KAFKA, Part.POSTGRESQL, Part.DIRECTORY_SERVICE)) {
                stack.start(part);
            }
            DirectoryResult result = new DirectoryBench(settings, stack).run(machine);
            System.out.println();
            System.out.println(result.table());
            System.out.println();
            System.out.println("Result: " + result.write(home.resolve("results")));
            return result.holds();
        }
    }

    private DirectoryResult run(Machine machine) throws IOException, InterruptedException {
        Population.domains(client);
        importAccounts(0, settings.small());
        var questions = new Questions(client, settings.connections());
        Latency small = ask(questions, settings.small());
        double importSeconds;
        Latency feed;
        try (var probe = new FeedProbe(client, stack.endpoints().bootstrapServers())) {
            importSeconds = importAccounts(settings.small(), settings.accounts());
            feed = probe.stop();
        }
        Latency large = ask(questions, settings.accounts());
        double repeatSeconds = importAccounts(settings.small(), settings.accounts());
        long begin = System.nanoTime();
        System.out.println("exported " + client.exportedLines());
        double exportSeconds = (System.nanoTime() - begin) / SECOND;
        String service = Part.DIRECTORY_SERVICE.label();
        Sample sample = Sample.take(Map.of(service, stack.pid(Part.DIRECTORY_SERVICE)));
        return new DirectoryResult(
                machine,
                settings,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                importSeconds,
                repeatSeconds,
                exportSeconds,
                feed,
                small,
                large,
                sample.processes().get(service).memoryMiB());
    }

    private Latency ask(Questions questions, int accounts) throws IOException, InterruptedException {
        Latency warmUp = questions.ask(settings.warmUp(), accounts);
        Latency measured = questions.ask(settings.questions(), accounts);
        System.out.printf("%d accounts: %s, after a warm-up of %s%n", accounts, measured, warmUp);
        return measured;
    }

    private double importAccounts(int begin, int end) throws IOException, InterruptedException {
        long start = System.nanoTime();
        client.importAccounts(() -> new AccountLines(begin, end, Senders.NOBODY));
        return (System.nanoTime() - start) / SECOND;
    }
}
