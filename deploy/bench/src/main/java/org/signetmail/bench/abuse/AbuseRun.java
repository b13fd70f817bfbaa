package org.signetmail.bench.abuse;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.signetmail.bench.load.Door;
import org.signetmail.bench.load.LoadProcess;
import org.signetmail.bench.load.LoadResult;
import org.signetmail.bench.measure.EdgeMemory;
import org.signetmail.bench.scenario.Load;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.secrets.TrustedCertificate;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;

/**
 * {@code ./signet bench abuse [KEY=VALUE …]}: the local stack with a small edge, honest clients all the while, and one kind
 * of abuse after the other. It is passed when every honest message was answered 250 and the edge is ready at the end.
 */
public final class AbuseRun {
    private static final String HEAP = "-Xmx512m";

    /** They take longer than anything else. */
    private static final int TIMES_FOR_BIG = 6;

    private final AbuseSettings settings;
    private final LocalStack stack;
    private final LoadProcess honest;
    private final List<String> rows = new ArrayList<>();
    private boolean passed = true;

    /** Begins an abuse. */
    @FunctionalInterface
    private interface Beginning {
        Abuse begin() throws InterruptedException;
    }

    private AbuseRun(AbuseSettings settings, LocalStack stack, LoadProcess honest) {
        this.settings = settings;
        this.stack = stack;
        this.honest = honest;
    }

    /** Gives whether the edge bore it. */
    public static boolean run(List<String> arguments, Path directory, int portOffset)
            throws IOException, InterruptedException {
        AbuseSettings settings = AbuseSettings.of(arguments);
        System.out.println(settings);
        StackOptions options =
                StackOptions.in(directory).withPortOffset(portOffset).withJvmOption(Part.SMTP_EDGE, HEAP);
        try (LocalStack stack = LocalStack.start(options);
                LoadProcess honest = LoadProcess.start()) {
            return new AbuseRun(settings, stack, honest).run();
        }
    }

    private boolean run() throws IOException, InterruptedException {
        createAccounts(Abuses.accounts(settings));
        var abuses = new Abuses(
                stack.endpoints().smtpPort(),
                stack.endpoints().smtpTlsPort(),
                TrustedCertificate.context(stack.certificate()));
        LoadResult _ = submit(settings.seconds()); // warm-up
        EdgeMemory before = phase("honest clients alone", Abuse::new);
        EdgeMemory idle = phase("idle, signed in, TLS: " + settings.idle(), () -> abuses.idle(settings.idle()));
        System.out.printf(
                Locale.ROOT,
                "  %.1f KiB of heap and %.1f KiB resident for each idle connection%n",
                (idle.heapMiB() - before.heapMiB()) * 1024 / settings.idle(),
                (idle.residentMiB() - before.residentMiB()) * 1024 / settings.idle());
        EdgeMemory _ = phase("slowloris: " + settings.slow(), () -> abuses.slow(settings.slow()));
        EdgeMemory _ = phase(
                "%d messages of %d MiB at once".formatted(settings.big(), settings.bigMiB()),
                TIMES_FOR_BIG * settings.seconds(),
                () -> abuses.big(settings.big(), settings.bigMiB()));
        EdgeMemory _ = phase("bad commands: " + settings.bad(), () -> abuses.badCommands(settings.bad()));
        EdgeMemory _ = phase("clients that never read: " + settings.bad(), () -> abuses.deaf(settings.bad()));
        EdgeMemory _ = phase(
                "connections: " + settings.connections(),
                () -> abuses.connections(settings.floods(), settings.connections()));
        EdgeMemory _ = phase("honest clients alone, again", Abuse::new);
        System.out.println();
        System.out.println("| abuse | honest messages | failed | p50, ms | p99, ms | heap, MiB | resident, MiB |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|");
        rows.forEach(System.out::println);
        return passed && isReady();
    }

    private EdgeMemory phase(String name, Beginning beginning) throws IOException, InterruptedException {
        return phase(name, settings.seconds(), beginning);
    }

    private EdgeMemory phase(String name, int seconds, Beginning beginning) throws IOException, InterruptedException {
        System.out.println(name);
        Abuse abuse = beginning.begin();
        try (abuse) {
            LoadResult result = submit(seconds);
            EdgeMemory memory = EdgeMemory.after(stack.pid(Part.SMTP_EDGE));
            long failed = result.unexpected().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            passed &= failed == 0 && result.messages() > 0;
            rows.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.1f | %.1f | %.0f | %.0f |",
                    name,
                    result.messages(),
                    failed,
                    result.finalReply().p50(),
                    result.finalReply().p99(),
                    memory.heapMiB(),
                    memory.residentMiB()));
            if (failed > 0) {
                System.out.println("  honest clients: " + result.unexpected());
            }
            return memory;
        } finally {
            System.out.println("  abusers: " + abuse.outcomes());
        }
    }

    /** Honest clients for the time of a phase. */
    private LoadResult submit(int seconds) throws IOException {
        return honest.run(Door.plain(stack.endpoints().smtpPort()), Load.honest(settings.honest(), seconds));
    }

    private void createAccounts(int number) throws IOException, InterruptedException {
        OpenFiles.require(settings.idle());
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < number; i++) {
                String login = "abuse-" + i;
                String body = """
                    {"login":"%s","displayName":"%s","enabled":true,"password":"%s-password",
                     "addresses":[{"address":"%s@example.test","primary":true}]}\
                    """.formatted(login, login, login, login);
                HttpRequest put = HttpRequest.newBuilder(
                                URI.create(stack.endpoints().url(Part.DIRECTORY_SERVICE) + "/api/v1/accounts/" + login))
                        .header("Authorization", "Bearer " + stack.token(Role.ADMIN))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                HttpResponse<String> answer = http.send(put, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() / 100 != 2) {
                    throw new IOException("Account " + login + ": " + answer.body());
                }
            }
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        URI ready = URI.create(stack.endpoints().managementUrl(Part.SMTP_EDGE) + "/q/health/ready");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        }
    }
}
