package org.signetmail.bench.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.signetmail.bench.network.Link;
import org.signetmail.local.broker.BrokerOptions;
import org.signetmail.local.process.Ports;
import org.signetmail.local.stack.Endpoints;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;

/**
 * A link for each two parts that talk to each other, and one from the clients to the edge, so that any part can be cut off.
 * Kafka has a listener for each service, as it tells its clients where to go on.
 */
final class Network implements AutoCloseable {
    private static final List<Part> SERVICES =
            List.of(Part.SMTP_EDGE, Part.POLICY_SERVICE, Part.DIRECTORY_SERVICE, Part.NOTIFIER);

    private final Map<Part, Map<Part, Link>> links = new EnumMap<>(Part.class);
    private final Link clients;
    private final StackOptions options;

    /** @param receiverPort of the next hop, which stands for the mail store */
    Network(StackOptions plain, int receiverPort) throws IOException {
        var endpoints = new Endpoints(plain.portOffset());
        Map<Part, Map<String, String>> environment = new EnumMap<>(Part.class);
        BrokerOptions broker = BrokerOptions.ONE_BROKER;
        for (Part service : SERVICES) {
            int port = Ports.free();
            Link link = link(service, Part.KAFKA, port);
            broker = broker.withDoor(service.name().replace("_", ""), new BrokerOptions.Door(port, link.port()));
            environment.put(service, new HashMap<>(Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + link.port())));
        }
        for (Part service : List.of(Part.SMTP_EDGE, Part.POLICY_SERVICE)) {
            Link link = link(service, Part.DIRECTORY_SERVICE, endpoints.httpPort(Part.DIRECTORY_SERVICE));
            environment.get(service).put("SIGNET_DIRECTORY_URL", "http://127.0.0.1:" + link.port());
        }
        Link policy = link(Part.NOTIFIER, Part.POLICY_SERVICE, endpoints.httpPort(Part.POLICY_SERVICE));
        environment.get(Part.NOTIFIER).put("SIGNET_POLICY_URL", "http://127.0.0.1:" + policy.port());
        for (Part service : List.of(Part.DIRECTORY_SERVICE, Part.NOTIFIER)) {
            Link link = link(service, Part.POSTGRESQL, endpoints.databasePort());
            String database = service == Part.NOTIFIER ? "notifier" : "directory";
            environment
                    .get(service)
                    .put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + link.port() + "/" + database);
        }
        Link store = link(Part.SMTP_EDGE, Part.MAIL_STORE, receiverPort);
        environment.get(Part.SMTP_EDGE).put("SIGNET_RELAY_NEXT_HOP", "smtp://127.0.0.1:" + store.port());
        clients = Link.to(endpoints.smtpPort());
        StackOptions with = plain.withBroker(broker);
        for (var service : environment.entrySet()) {
            with = with.withEnvironment(service.getKey(), service.getValue());
        }
        options = with;
    }

    private Link link(Part from, Part to, int port) throws IOException {
        Link link = Link.to(port);
        links.computeIfAbsent(from, _ -> new EnumMap<>(Part.class)).put(to, link);
        return link;
    }

    /** The stack whose parts talk over this network. */
    StackOptions options() {
        return options;
    }

    /** Where clients find the edge. */
    int smtpPort() {
        return clients.port();
    }

    void cut(Part part) {
        of(part).forEach(Link::cut);
    }

    void delay(Part part, Duration delay) {
        of(part).forEach(link -> link.delay(delay));
    }

    void mend(Part part) {
        of(part).forEach(Link::mend);
    }

    private List<Link> of(Part part) {
        var found = new ArrayList<Link>();
        links.forEach((from, others) -> others.forEach((to, link) -> {
            if (from == part || to == part) {
                found.add(link);
            }
        }));
        if (part == Part.SMTP_EDGE) {
            found.add(clients);
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        clients.close();
        for (Map<Part, Link> others : links.values()) {
            for (Link link : others.values()) {
                link.close();
            }
        }
    }
}
