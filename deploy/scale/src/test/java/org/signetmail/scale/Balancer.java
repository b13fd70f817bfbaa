package org.signetmail.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.signetmail.local.process.Ports;
import org.signetmail.local.process.ProgramProcess;
import org.signetmail.local.stack.Part;

/**
 * HAProxy before the edges: it tells them the clients' own addresses by the PROXY protocol, and sends nobody to an edge that does
 * not say it is ready. It knows of edges that are not there yet.
 */
final class Balancer {
    /** Debian's; there it is on the path of root alone. */
    static final String PROGRAM = "/usr/sbin/haproxy";

    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final String SETTINGS = """
            global
              maxconn 2000
            defaults
              mode tcp
              retries 3
              option redispatch 1
              timeout connect 2s
              timeout client 10m
              timeout server 10m
              timeout check 2s
            listen submission
              bind %s:%d
              balance leastconn
              source %s
              option httpchk GET /q/health/ready
              default-server check inter 200ms fall 2 rise 1 send-proxy-v2 port %d
            """;

    private Balancer() {}

    static ProgramProcess start(Net net, Path directory, int mostEdges) throws IOException {
        var settings = new StringBuilder(
                SETTINGS.formatted(net.balancer(), Net.SMTP_PORT, net.balancer(), Net.MANAGEMENT_PORT));
        for (int number = 1; number <= mostEdges; number++) {
            String host = net.host(PodSettings.host(Part.SMTP_EDGE, number));
            settings.append("  server edge-%d %s:%d%n".formatted(number, host, Net.SMTP_PORT));
        }
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), settings);
        ProgramProcess haproxy =
                ProgramProcess.start(List.of(PROGRAM, "-db", "-f", file.toString()), directory.resolve("haproxy.log"));
        haproxy.await(() -> Ports.isTaken(net.balancer(), Net.SMTP_PORT), "HAProxy does not listen", START_LIMIT);
        return haproxy;
    }
}
