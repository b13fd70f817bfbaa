package org.signetmail.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.signetmail.local.broker.KafkaNode;
import org.signetmail.local.broker.LocalCluster;
import org.signetmail.local.database.LocalDatabase;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.process.Layout;
import org.signetmail.local.process.ProgramProcess;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.secrets.Secrets;
import org.signetmail.local.stack.Part;

/** Signet as it runs in production, on one machine: three brokers, and of most services more than one behind HAProxy. */
final class Cluster implements AutoCloseable {
    static final int MOST_EDGES = 3;
    private static final List<Part> WITHOUT_DIRECTORY = List.of(Part.POLICY_SERVICE, Part.NOTIFIER, Part.SMTP_EDGE);
    static final Map<Part, Integer> AT_FIRST = Map.of(Part.POLICY_SERVICE, 3, Part.NOTIFIER, 2, Part.SMTP_EDGE, 2);
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Path directory;
    private final Net net = Net.ofThisProcess();
    private final List<KafkaNode> nodes = IntStream.rangeClosed(1, 3)
            .mapToObj(id -> new KafkaNode(id, net.host(id), Net.KAFKA_PORT, Net.CONTROLLER_PORT))
            .toList();
    private final LocalCluster kafka;
    private final LocalDatabase database;
    private final NextHop nextHop;
    private final PodSettings settings;
    private final Map<String, Pod> pods = new ConcurrentHashMap<>();
    private final ProgramProcess balancer;

    /** Starts everything; returns when all is ready and the accounts exist. */
    Cluster(Path directory) throws IOException {
        this.directory = directory.toAbsolutePath();
        kafka = LocalCluster.start(this.directory, nodes);
        database = LocalDatabase.start(this.directory.resolve("postgresql"));
        nextHop = new NextHop(net);
        kafka.awaitReady();
        settings = new PodSettings(
                net, this.directory, Secrets.in(this.directory.resolve("secrets")), kafka.bootstrapServers(), database);
        Pod ofDirectory = launch(Part.DIRECTORY_SERVICE, 1);
        List<Pod> others = WITHOUT_DIRECTORY.stream()
                .flatMap(service ->
                        IntStream.rangeClosed(1, AT_FIRST.get(service)).mapToObj(number -> launch(service, number)))
                .toList();
        awaitReady(ofDirectory);
        writeAccounts();
        others.forEach(this::awaitReady);
        balancer = Balancer.start(net, this.directory, MOST_EDGES);
    }

    Net net() {
        return net;
    }

    NextHop nextHop() {
        return nextHop;
    }

    List<KafkaNode> brokers() {
        return nodes;
    }

    LocalCluster kafka() {
        return kafka;
    }

    /** The pods of a service, by their numbers. */
    List<Pod> pods(Part service) {
        return new TreeMap<>(pods)
                .values().stream().filter(pod -> pod.service() == service).toList();
    }

    /** Starts a pod without waiting for it. */
    Pod launch(Part service, int number) {
        try {
            var builder = JavaProcess.named(
                    service.label() + "-" + number, directory.resolve(service.label() + "-" + number + ".log"));
            PodSettings.JVM.forEach(builder::option);
            JavaProcess process = builder.jar(
                            Layout.root().resolve(service.label()).resolve("target/quarkus-app/quarkus-run.jar"))
                    .environment(settings.of(service, number))
                    .start();
            var pod = new Pod(service, number, net.host(PodSettings.host(service, number)), process);
            pods.put(pod.name(), pod);
            return pod;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady(Pod pod) {
        pod.process().await(pod::isReady, "answer of its readiness check", START_LIMIT);
    }

    /** Starts a pod, or one again, and waits until it is ready. */
    Pod start(Part service, int number) {
        Pod pod = launch(service, number);
        awaitReady(pod);
        return pod;
    }

    /** SIGKILL. */
    void kill(Pod pod) {
        pods.remove(pod.name());
        pod.process().kill();
    }

    /** SIGTERM, and waits until it has ended. */
    void stop(Pod pod) {
        pods.remove(pod.name());
        pod.process().close();
    }

    /** A domain that is enforced, and the accounts of the load. */
    private void writeAccounts() {
        send("PUT", "/api/v1/domains/example.test", "{\"domain\":\"example.test\",\"mode\":\"enforce\"}", "json");
        String lines = IntStream.range(0, Load.ACCOUNTS)
                .mapToObj(Load::account)
                .map(
                        "{\"login\":\"%1$s\",\"displayName\":\"%1$s\",\"enabled\":true,\"password\":\"%1$s-password\",\"addresses\":[{\"address\":\"%1$s@example.test\",\"primary\":true}]}\n"
                                ::formatted)
                .collect(Collectors.joining());
        String answer = send("POST", "/api/v1/imports", lines, "x-ndjson");
        if (!answer.contains("\"failed\":0")) {
            throw new IllegalStateException("Accounts were not written: " + answer);
        }
    }

    private String send(String method, String path, String body, String type) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.directoryUrl() + path))
                .header("Authorization", "Bearer " + settings.secrets().token(Role.ADMIN))
                .header("Content-Type", "application/" + type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** At once, and nothing is waited for: the data are a test's. */
    @Override
    public void close() throws IOException {
        balancer.close();
        Stream.of(Part.values()).flatMap(part -> pods(part).stream()).toList().forEach(this::kill);
        nextHop.close();
        kafka.close();
        database.close();
    }
}
