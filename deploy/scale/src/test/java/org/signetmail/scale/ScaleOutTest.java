package org.signetmail.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.broker.KafkaNode;
import org.signetmail.local.stack.Part;
import org.signetmail.scale.Ledger.Answer;
import org.signetmail.scale.Ledger.Entry;

/**
 * Pods come, die and are replaced while clients submit. One cluster serves all cases, in the order in which an operator meets
 * them; after each, every accepted message has arrived and every refusal was told, once.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScaleOutTest {
    private static final String VERDICTS = "signet_policy_verdicts_total{";
    private static final int ENOUGH = 20;
    private static Cluster cluster;

    private Trial trial;

    @BeforeAll
    static void start() throws IOException {
        Programs.require(Balancer.PROGRAM);
        cluster = new Cluster(
                Path.of("target", "cluster-" + ProcessHandle.current().pid()));
    }

    @BeforeEach
    void begin() {
        trial = Trial.begin(cluster);
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** A policy and an edge more: they take their share, and nobody notices but them. */
    @Test
    @Order(1)
    void addedPodsTakeTheirShare() throws IOException {
        try (var _ = trial.load()) {
            trial.awaitAnswers(ENOUGH);
            int before = trial.ledger().mark();
            Pod policy = cluster.launch(Part.POLICY_SERVICE, 4);
            Pod edge = cluster.launch(Part.SMTP_EDGE, 3);
            cluster.awaitReady(policy);
            cluster.awaitReady(edge);
            Waiting.until(
                    () -> trial.acceptedBy(edge, before) >= ENOUGH && policy.figure(VERDICTS) >= ENOUGH,
                    () -> "the new pods serve: " + shares() + ", "
                            + Ledger.counts(trial.ledger().since(before)));
        }
        Map<String, Double> shares = shares();
        double all = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        assertEquals(4, shares.size());
        shares.values().forEach(share -> assertTrue(share > all / 50, "spread unevenly: " + shares));
        int answers =
                trial.ledger().all().size(); // and each was judged by one of them, but for what a rebalance repeats
        assertTrue(all >= answers && all < answers * 1.2, answers + " answers, judged by " + shares);
        trial.assertOnly(_ -> false);
        trial.assertAllArrived();
        trial.assertNoCopies();
        trial.assertSeesClients();
    }

    /**
     * A machine is lost: a broker, an edge, a policy and a notifier die at once (SIGKILL). The others serve every account, and
     * nobody notices but who was connected to that edge, or waited for that policy or that broker.
     */
    @Test
    @Order(2)
    void aLostMachineLosesNothing() {
        Pod edge = cluster.pods(Part.SMTP_EDGE).getFirst();
        try (var _ = trial.load()) {
            trial.awaitAnswers(ENOUGH);
            int before = trial.ledger().mark();
            cluster.kafka().kill(broker());
            Stream.of(Part.SMTP_EDGE, Part.POLICY_SERVICE, Part.NOTIFIER)
                    .forEach(service -> cluster.kill(cluster.pods(service).getFirst()));
            trial.awaitEveryAccountServed(before);
            cluster.kafka().start(broker());
            Stream.of(Part.SMTP_EDGE, Part.POLICY_SERVICE, Part.NOTIFIER)
                    .map(service -> cluster.launch(service, 1))
                    .toList()
                    .forEach(cluster::awaitReady);
            trial.awaitEveryAccountServed(trial.ledger().mark());
        }
        trial.assertOnly(entry -> entry.answer() == Answer.DEFERRED
                || entry.answer() == Answer.NOT_SERVED
                || entry.edge().equals(edge.name()));
        trial.assertAllArrived();
    }

    /** The one directory dies: what cannot be checked meanwhile is deferred, and no session ends. */
    @Test
    @Order(3)
    void withoutTheDirectoryClientsKeepTheirMail() {
        try (var _ = trial.load()) {
            trial.awaitAnswers(ENOUGH);
            Pod directory = cluster.pods(Part.DIRECTORY_SERVICE).getFirst();
            cluster.kill(directory);
            trial.awaitAnswered(Answer.NOT_SIGNED_IN);
            cluster.start(Part.DIRECTORY_SERVICE, directory.number());
            trial.awaitEveryAccountServed(trial.ledger().mark());
        }
        trial.assertOnly(entry -> entry.answer() == Answer.DEFERRED || entry.answer() == Answer.NOT_SIGNED_IN);
        trial.assertAllArrived();
    }

    /**
     * A new release: each pod is asked to end (SIGTERM) and replaced, unless it was added for the load, in each service one after
     * the other, and the services side by side, as a cluster does it. Nobody reads anything but 421, between two messages, at an edge that ends.
     */
    @Test
    @Order(4)
    void aRollingRestartEndsNoTransaction() throws Exception {
        try (var _ = trial.load();
                var rolling = Executors.newVirtualThreadPerTaskExecutor()) {
            trial.awaitAnswers(ENOUGH);
            List<Future<?>> services = Stream.of(Part.POLICY_SERVICE, Part.NOTIFIER, Part.SMTP_EDGE)
                    .<Future<?>>map(service -> rolling.submit(() -> restartEach(service)))
                    .toList();
            for (Future<?> service : services) {
                service.get();
            }
            trial.awaitEveryAccountServed(trial.ledger().mark());
        }
        trial.assertOnly(
                entry -> entry.answer() == Answer.SENT_AWAY && entry.words().startsWith("421"));
        trial.assertAllArrived();
        trial.assertNoCopies();
    }

    private Void restartEach(Part service) throws Exception {
        for (Pod pod : cluster.pods(service)) {
            if (service == Part.SMTP_EDGE) {
                stopWithClients(pod);
            } else {
                cluster.stop(pod);
            }
            if (pod.number() <= Cluster.AT_FIRST.get(service)) { // what was added for the load goes for good
                cluster.start(service, pod.number());
            }
        }
        return null;
    }

    /** Somebody is idle and somebody in the middle of a message when the edge is asked to end. */
    private void stopWithClients(Pod edge) throws Exception {
        try (SmtpClient idle = signedInAt(edge);
                SmtpClient writing = signedInAt(edge)) {
            String subject = "honest-in-data-" + edge.number();
            writing.ask("MAIL FROM:<" + Load.account(0) + "@example.test>");
            writing.ask("RCPT TO:<" + Arrivals.READER + ">");
            assertEquals("354", writing.ask("DATA").substring(0, 3));
            writing.send("From: " + Load.account(0) + "@example.test\r\nSubject: " + subject + "\r\n");
            Thread stopping = Thread.ofVirtual().start(() -> cluster.stop(edge));
            assertTrue(idle.reply().startsWith("421"), "the idle client is told");
            String reply = writing.ask("\r\nHello\r\n.");
            assertTrue(reply.startsWith("250"), "in DATA one read: " + reply);
            trial.ledger().add(new Entry(Answer.ACCEPTED, edge.name(), Load.account(0), subject, reply));
            assertTrue(writing.reply().startsWith("421"), "and is told then");
            stopping.join();
        }
    }

    /** A client that the load balancer happens to send to this edge. */
    private static SmtpClient signedInAt(Pod edge) throws IOException {
        SmtpClient client = SmtpClient.signedIn(cluster.net(), Load.account(0));
        while (!client.edge().equals(edge.name())) {
            client.close();
            client = SmtpClient.signedIn(cluster.net(), Load.account(0));
        }
        return client;
    }

    private static KafkaNode broker() {
        return cluster.brokers().getFirst();
    }

    private static Map<String, Double> shares() {
        return cluster.pods(Part.POLICY_SERVICE).stream()
                .collect(Collectors.toMap(Pod::name, pod -> pod.figure(VERDICTS)));
    }
}
