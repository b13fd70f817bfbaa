package org.signetmail.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;

/** What became of messages: the receiver's file, and the notifier's incidents. */
final class Records implements AutoCloseable {
    private static final String OWNER = "alice@example.test";
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final LocalStack stack;
    private final Path received;

    Records(LocalStack stack, Path received) {
        this.stack = stack;
        this.received = received;
    }

    /** The account of a phase's messages as it is now. */
    Ledger of(List<Sent> sent) throws IOException, InterruptedException {
        return ledger(sent, Files.exists(received) ? Files.readAllLines(received) : List.of(), incidents());
    }

    /** @param lines of the receiver, the last of which may be half written */
    static Ledger ledger(List<Sent> sent, List<String> lines, Set<String> recorded) {
        Map<String, Integer> deliveries = new HashMap<>();
        Set<String> reported = new HashSet<>();
        for (String line : lines) {
            List<String> columns = List.of(line.split("\t", -1));
            if (columns.size() == 2) {
                String id = columns.getLast();
                if (columns.getFirst().equals(id + "@example.test")) {
                    deliveries.merge(id, 1, Integer::sum);
                } else if (columns.getFirst().equals(OWNER)) {
                    reported.add(id);
                }
            }
        }
        return new Ledger(sent, deliveries, recorded, reported);
    }

    /** The ids of all refused messages; the recipient has the message's id. */
    private Set<String> incidents() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        stack.endpoints().url(Part.NOTIFIER) + "/api/v1/incidents/export?format=json&account=alice"))
                .header("Authorization", "Bearer " + stack.token(Role.AUDITOR))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IOException("Incidents: " + response.statusCode() + " " + response.body());
        }
        Set<String> ids = new HashSet<>();
        for (JsonNode incident : json.readTree(response.body())) {
            for (JsonNode recipient : incident.path("recipients")) {
                ids.add(recipient.asText().split("@", 2)[0]);
            }
        }
        return ids;
    }

    @Override
    public void close() {
        http.close();
    }
}
