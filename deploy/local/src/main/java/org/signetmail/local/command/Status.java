package org.signetmail.local.command;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.signetmail.local.process.Ports;
import org.signetmail.local.process.ProcessRecord;
import org.signetmail.local.stack.Endpoints;
import org.signetmail.local.stack.Health;
import org.signetmail.local.stack.Home;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;
import picocli.CommandLine.Command;

/** Shows each part; the exit code is 0 only when all are up. */
@Command(
        name = "status",
        description = "Shows what is running; exit code 0 when all is up",
        mixinStandardHelpOptions = true)
public final class Status implements Callable<Integer> {
    @Override
    public Integer call() {
        var home = new Home(StackOptions.ofCheckout().directory());
        boolean allUp = true;
        System.out.printf("%-18s %-9s %6s %8s %9s  %s%n", "PART", "STATE", "PORT", "PID", "UPTIME", "LOG");
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (Part part : Part.values()) {
                Optional<ProcessRecord> process = home.process(part).filter(ProcessRecord::isAlive);
                String state = process.isPresent() ? state(http, home.endpoints(), part) : "down";
                allUp &= state.equals("up");
                System.out.printf(
                        "%-18s %-9s %6d %8s %9s  %s%n",
                        part.label(),
                        state,
                        home.endpoints().listeners(part).getFirst().port(),
                        process.map(found -> Long.toString(found.pid())).orElse("-"),
                        process.map(Status::uptime).orElse("-"),
                        home.log(part));
            }
        }
        return allUp ? 0 : 1;
    }

    private static String state(HttpClient http, Endpoints endpoints, Part part) {
        boolean ready = part.isService()
                ? Health.isReady(http, endpoints, part)
                : Ports.isTaken(endpoints.listeners(part).getFirst().port());
        return ready ? "up" : "not ready";
    }

    private static String uptime(ProcessRecord process) {
        Duration up = Duration.between(process.started(), Instant.now());
        return "%d:%02d:%02d".formatted(up.toHours(), up.toMinutesPart(), up.toSecondsPart());
    }
}
