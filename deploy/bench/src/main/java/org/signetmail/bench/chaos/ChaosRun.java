package org.signetmail.bench.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.process.Ports;
import org.signetmail.local.process.Trees;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;

/**
 * {@code ./signet bench chaos [KEY=VALUE …]}: under a steady load each part is killed, stopped, cut off and slowed down in
 * turn, and every message is accounted for. It is passed when each phase's account is right: see {@link Ledger#wrongs}.
 */
public final class ChaosRun {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final int POLL_MILLIS = 500;
    /** For what should not come any more. */
    private static final int LATE_MILLIS = 1_500;

    private final ChaosSettings settings;
    private final Network network;
    private final LocalStack stack;
    private final Records records;
    private final Path directory;
    private final int receiverPort;
    private JavaProcess receiver;

    private ChaosRun(
            ChaosSettings settings,
            Network network,
            LocalStack stack,
            Records records,
            Path directory,
            int receiverPort)
            throws IOException {
        this.settings = settings;
        this.network = network;
        this.stack = stack;
        this.records = records;
        this.directory = directory;
        this.receiverPort = receiverPort;
        this.receiver = startReceiver();
    }

    /** Gives whether every account was right. */
    public static boolean run(List<String> arguments, Path directory, int portOffset)
            throws IOException, InterruptedException {
        ChaosSettings settings = ChaosSettings.of(arguments);
        System.out.println(settings);
        // A PostgreSQL that was killed cannot be stopped: the library's complaint is no news here.
        System.setProperty("org.slf4j.simpleLogger.log.io.zonky", "off");
        Trees.delete(directory);
        int receiverPort = Ports.free();
        StackOptions plain = StackOptions.in(directory).withPortOffset(portOffset);
        try (var network = new Network(plain, receiverPort);
                LocalStack stack = LocalStack.start(network.options());
                var records = new Records(stack, directory.resolve("received"))) {
            var run = new ChaosRun(settings, network, stack, records, directory, receiverPort);
            try {
                return run.run();
            } finally {
                run.receiver.close();
            }
        }
    }

    private boolean run() throws IOException, InterruptedException {
        var phases = new ArrayList<Phase>();
        for (Part part : settings.parts()) {
            for (Fault fault : settings.faults()) {
                Phase phase = phase(phases.size() + 1, part, fault);
                System.out.println(phase);
                phases.add(phase);
            }
        }
        System.out.println();
        System.out.println(Phase.HEADING);
        phases.forEach(System.out::println);
        return phases.stream().allMatch(phase -> phase.wrongs().isEmpty());
    }

    private Phase phase(int number, Part part, Fault fault) throws IOException, InterruptedException {
        List<Sent> sent;
        try (var crowd = new Crowd("chaos" + number, network.smtpPort(), settings.clients(), settings.rate())) {
            Thread.sleep(Duration.ofSeconds(settings.before()));
            begin(part, fault);
            Thread.sleep(Duration.ofSeconds(settings.outage()));
            end(part, fault);
            Thread.sleep(Duration.ofSeconds(settings.after()));
            sent = crowd.stop();
        }
        long limit =
                System.nanoTime() + Duration.ofSeconds(settings.settleSeconds()).toNanos();
        while (!records.of(sent).isSettled() && System.nanoTime() < limit) {
            Thread.sleep(POLL_MILLIS);
        }
        Thread.sleep(LATE_MILLIS);
        return new Phase(part, fault, records.of(sent));
    }

    private void begin(Part part, Fault fault) {
        boolean store = part == Part.MAIL_STORE;
        switch (fault) {
            case KILL -> {
                if (store) {
                    receiver.kill();
                } else {
                    stack.kill(part);
                }
            }
            case STOP -> {
                if (store) {
                    receiver.pause();
                } else {
                    stack.pause(part);
                }
            }
            case CUT -> network.cut(part);
            case DELAY -> network.delay(part, Duration.ofMillis(settings.delayMillis()));
        }
    }

    private void end(Part part, Fault fault) throws IOException {
        boolean store = part == Part.MAIL_STORE;
        switch (fault) {
            case KILL -> {
                if (store) {
                    receiver = startReceiver();
                } else {
                    stack.start(part);
                }
            }
            case STOP -> {
                if (store) {
                    receiver.resume();
                } else {
                    stack.resume(part);
                }
            }
            case CUT, DELAY -> network.mend(part);
        }
    }

    private JavaProcess startReceiver() throws IOException {
        JavaProcess started = JavaProcess.named("receiver", directory.resolve("receiver.log"))
                .option("-Xmx128m")
                .option("-XX:+UseSerialGC")
                .mainClass(System.getProperty("java.class.path"), Receiver.class.getName())
                .argument(Integer.toString(receiverPort))
                .argument(directory.resolve("received").toString())
                .start();
        started.awaitPort(receiverPort, START_LIMIT);
        return started;
    }
}
