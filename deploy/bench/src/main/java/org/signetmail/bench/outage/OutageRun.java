package org.signetmail.bench.outage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.signetmail.bench.measure.EdgeMemory;
import org.signetmail.bench.outage.Others.Figures;
import org.signetmail.local.process.Ports;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;

/**
 * {@code ./signet bench outage [KEY=VALUE …]}: a destination goes down, mail for it piles up for a simulated day, and comes
 * out when it is back; mail for another destination goes on all the while. It is passed when the edge's memory is what it
 * was before, the other destination's p99 is within a fifth of what it is without, and every message is delivered once.
 */
public final class OutageRun {
    private static final double A_FIFTH_MORE = 1.2;
    /** What the relay remembers of 100,000 delivered messages against duplicates, whoever they were for. */
    private static final double REMEMBERED_IDS_MIB = 16;

    private static final int WARM_UP = 10_000;
    private static final long HOUR = 3_600;
    private static final long DAY = 24 * HOUR;
    private static final long SETTLE_MILLIS = 3_000;
    private static final long POLL_MILLIS = 200;

    private final OutageSettings settings;
    private final LocalStack stack;
    private final Others others;
    private final Backlog backlog;
    private final Hop away;
    private final List<String> rows = new ArrayList<>();
    private int measuredTo;

    private OutageRun(OutageSettings settings, LocalStack stack, Others others, Backlog backlog, Hop away) {
        this.settings = settings;
        this.stack = stack;
        this.others = others;
        this.backlog = backlog;
        this.away = away;
    }

    /** Gives whether the bounds held. */
    public static boolean run(List<String> arguments, Path directory, int portOffset)
            throws IOException, InterruptedException {
        OutageSettings settings = OutageSettings.of(arguments);
        System.out.println(settings);
        int nearPort = Ports.free();
        int awayPort = Ports.free();
        var backlog = new Backlog(WARM_UP + settings.messages(), settings.told());
        try (var others = new Others(settings.rate());
                var near = new Hop(nearPort, others::arrived);
                var away = new Hop(awayPort, backlog::arrived);
                LocalStack stack = LocalStack.start(options(settings, directory, portOffset, nearPort, awayPort))) {
            near.up();
            away.up();
            return new OutageRun(settings, stack, others, backlog, away).run();
        }
    }

    /** The relay as it comes, but with its times shortened, so that {@code day-seconds} are its day. */
    private static StackOptions options(
            OutageSettings settings, Path directory, int portOffset, int nearPort, int awayPort) {
        String delays = String.join(
                ",",
                settings.shortened(60),
                settings.shortened(300),
                settings.shortened(900),
                settings.shortened(HOUR),
                settings.shortened(4 * HOUR));
        var edge = List.of(
                "-Xmx384m",
                "-Dsignet.smtp.max-connections-per-account=0",
                "-Dsignet.relay.routes.near.domains=near.test",
                "-Dsignet.relay.routes.near.next-hops=smtp://127.0.0.1:" + nearPort,
                "-Dsignet.relay.routes.away.domains=away.test",
                "-Dsignet.relay.routes.away.next-hops=smtp://127.0.0.1:" + awayPort,
                "-Dsignet.relay.retry-delays=" + delays,
                "-Dsignet.relay.set-aside-after=" + settings.shortened(60),
                "-Dsignet.relay.back-off-limit=" + settings.shortened(30),
                "-Dsignet.relay.delay-notice-after=" + settings.shortened(4 * HOUR),
                "-Dsignet.relay.give-up-after=" + settings.shortened(5 * DAY));
        StackOptions options = StackOptions.in(directory).withPortOffset(portOffset);
        for (String option : edge) {
            options = options.withJvmOption(Part.SMTP_EDGE, option);
        }
        return options;
    }

    private boolean run() throws IOException, InterruptedException {
        int port = stack.endpoints().smtpPort();
        warmUp(port);
        others.start(port);
        Figures _ = phase("warm-up", settings.calmSeconds() / 3);
        Figures calm = phase("before", settings.calmSeconds());
        EdgeMemory before = memory("before");

        away.down();
        long down = System.nanoTime();
        backlog.submit(port, settings.connections(), WARM_UP, WARM_UP + settings.messages());
        Figures _ = phase("while its mail comes in", 0);
        EdgeMemory _ = memory("all in");
        long seconds = settings.daySeconds() - (System.nanoTime() - down) / 1_000_000_000L;
        Figures day = phase("the rest of the day", Math.max(settings.calmSeconds(), seconds));
        EdgeMemory after = memory("end of the day");

        int early = backlog.delivered() - WARM_UP;
        away.up();
        long back = System.nanoTime();
        awaitDelivered(WARM_UP + settings.messages());
        double drained = (System.nanoTime() - back) / 1e9;
        Figures _ = phase("while it comes out", 0);
        EdgeMemory _ = memory("all out");
        Figures again = phase("afterwards", settings.calmSeconds());
        others.close();
        Thread.sleep(SETTLE_MILLIS);
        return report(List.of(calm, again), day, before, after, early, drained);
    }

    /** With a short outage, too: what an outage needs once, code and buffers, is no memory of the waiting mail. */
    private void warmUp(int port) throws IOException, InterruptedException {
        backlog.submit(port, settings.connections(), 0, WARM_UP / 2);
        away.down();
        backlog.submit(port, settings.connections(), WARM_UP / 2, WARM_UP);
        away.up();
        awaitDelivered(WARM_UP);
    }

    private void awaitDelivered(int number) throws InterruptedException {
        long end = System.nanoTime() + settings.drainSeconds() * 1_000_000_000L;
        while (backlog.delivered() < number && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean report(
            List<Figures> calm, Figures day, EdgeMemory before, EdgeMemory after, int early, double drained) {
        System.out.println();
        System.out.println("| | messages for others | reply p50 | reply p99 | 250 to delivery p50 | p99, ms |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        rows.forEach(System.out::println);
        long lost = others.of(0, others.number()).undelivered();
        System.out.printf(
                "%nDown: %d sent, %d answered 250, %d delivered while down, %d when it was back, in %.0f s, %d of them repeated%n",
                settings.messages(),
                backlog.answered() - WARM_UP,
                early,
                backlog.delivered() - WARM_UP - early,
                drained,
                backlog.repeated());
        System.out.printf("Others: %d undelivered, %d repeated%n", lost, others.repeated());
        boolean delivered = backlog.answered() == WARM_UP + settings.messages()
                && backlog.delivered() == WARM_UP + settings.messages()
                && early == 0
                && backlog.repeated() == 0
                && lost == 0
                && others.repeated() == 0;
        return within("reply p99, ms", day.replyP99(), A_FIFTH_MORE * least(calm, Figures::replyP99))
                & within("250 to delivery p99, ms", day.deliveryP99(), A_FIFTH_MORE * least(calm, Figures::deliveryP99))
                & within("heap after collection, MiB", after.heapMiB(), before.heapMiB() + REMEMBERED_IDS_MIB)
                & within("resident, MiB", after.residentMiB(), A_FIFTH_MORE * before.residentMiB())
                & delivered;
    }

    /** Before or afterwards, whichever was better. */
    private static double least(List<Figures> calm, ToDoubleFunction<Figures> figure) {
        return calm.stream().mapToDouble(figure).min().orElseThrow();
    }

    private static boolean within(String what, double then, double bound) {
        boolean holds = then <= bound;
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f with the backlog, bound %.2f: %s%n",
                what,
                then,
                bound,
                holds ? "holds" : "FAILS");
        return holds;
    }

    /** Figures since the phase before, after so many seconds more. */
    private Figures phase(String name, long seconds) throws InterruptedException {
        Thread.sleep(seconds * 1000);
        int from = measuredTo;
        measuredTo = others.number();
        Thread.sleep(SETTLE_MILLIS);
        Figures figures = others.of(from, measuredTo);
        rows.add(String.format(
                Locale.ROOT,
                "| %s | %d | %.2f | %.2f | %.2f | %.2f |",
                name,
                figures.messages(),
                figures.replyP50(),
                figures.replyP99(),
                figures.deliveryP50(),
                figures.deliveryP99()));
        System.out.println(rows.getLast());
        return figures;
    }

    private EdgeMemory memory(String when) throws IOException, InterruptedException {
        EdgeMemory memory = EdgeMemory.after(stack.pid(Part.SMTP_EDGE));
        System.out.printf(
                Locale.ROOT, "%s: heap %.1f MiB, resident %.1f MiB%n", when, memory.heapMiB(), memory.residentMiB());
        return memory;
    }
}
