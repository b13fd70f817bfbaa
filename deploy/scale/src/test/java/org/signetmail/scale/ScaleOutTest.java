package org.signetmail.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    private static final int ENOUGH = 40;
    private static Cluster cluster;

    private final Ledger ledger = new Ledger();

    @BeforeAll
    static void start() throws IOException {
        Programs.require(Balancer.PROGRAM);
        cluster = new Cluster(
                Path.of("target", "cluster-" + ProcessHandle.current().pid()));
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
        try (var _ = new Load(cluster.net(), ledger)) {
            awaitAnswers(ENOUGH);
            int before = ledger.mark();
            Pod policy = cluster.launch(Part.POLICY_SERVICE, 4);
            Pod edge = cluster.launch(Part.SMTP_EDGE, 3);
            cluster.awaitReady(policy);
            cluster.awaitReady(edge);
            Waiting.until(
                    () -> ofEdge(ledger.since(before), edge).size() >= ENOUGH && policy.figure(VERDICTS) >= ENOUGH,
                    () -> "the new pods serve: " + shares() + ", " + Ledger.counts(ledger.since(before)));
            Map<String, Double> shares = shares();
            double all =
                    shares.values().stream().mapToDouble(Double::doubleValue).sum();
            awaitAnswers(ENOUGH);
            assertEquals(4, shares.size());
            shares.values().forEach(share -> assertTrue(share > all / 50, "spread unevenly: " + shares));
        }
        assertOnly(_ -> false);
        assertAllArrived();
    }

    /**
     * A machine is lost: a broker, an edge, a policy and a notifier die at once (SIGKILL). The others serve every account, and
     * nobody notices but who was connected to that edge, or waited for that policy or that broker.
     */
    @Test
    @Order(2)
    void aLostMachineLosesNothing() {
        Pod edge = cluster.pods(Part.SMTP_EDGE).getFirst();
        try (var _ = new Load(cluster.net(), ledger)) {
            awaitAnswers(ENOUGH);
            int before = ledger.mark();
            cluster.kafka().kill(broker());
            Stream.of(Part.SMTP_EDGE, Part.POLICY_SERVICE, Part.NOTIFIER)
                    .forEach(service -> cluster.kill(cluster.pods(service).getFirst()));
            awaitEveryAccountServed(before);
            cluster.kafka().start(broker());
            Stream.of(Part.SMTP_EDGE, Part.POLICY_SERVICE, Part.NOTIFIER)
                    .map(service -> cluster.launch(service, 1))
                    .toList()
                    .forEach(cluster::awaitReady);
            awaitEveryAccountServed(ledger.mark());
        }
        assertOnly(
                entry -> entry.answer() == Answer.DEFERRED
                        || entry.answer() == Answer.NOT_SERVED
                        || entry.edge().equals(edge.name()));
        assertAllArrived();
    }

    /** The one directory dies: what cannot be checked meanwhile is deferred, and no session ends. */
    @Test
    @Order(3)
    void withoutTheDirectoryClientsKeepTheirMail() {
        try (var _ = new Load(cluster.net(), ledger)) {
            awaitAnswers(ENOUGH);
            Pod directory = cluster.pods(Part.DIRECTORY_SERVICE).getFirst();
            cluster.kill(directory);
            awaitAnswered(Answer.NOT_SIGNED_IN);
            cluster.start(Part.DIRECTORY_SERVICE, directory.number());
            awaitEveryAccountServed(ledger.mark());
        }
        assertOnly(entry -> entry.answer() == Answer.DEFERRED || entry.answer() == Answer.NOT_SIGNED_IN);
        assertAllArrived();
    }

    /**
     * A new release: each pod is asked to end (SIGTERM) and replaced, in each service one after the other, and the services side
     * by side, as a cluster does it. Nobody reads anything but 421, between two messages, at an edge that ends.
     */
    @Test
    @Order(4)
    void aRollingRestartEndsNoTransaction() throws Exception {
        try (var _ = new Load(cluster.net(), ledger);
                var rolling = Executors.newVirtualThreadPerTaskExecutor()) {
            awaitAnswers(ENOUGH);
            List<Future<?>> services = Stream.of(Part.POLICY_SERVICE, Part.NOTIFIER, Part.SMTP_EDGE)
                    .<Future<?>>map(service -> rolling.submit(() -> restartEach(service)))
                    .toList();
            for (Future<?> service : services) {
                service.get();
            }
            awaitEveryAccountServed(ledger.mark());
        }
        assertOnly(entry -> entry.answer() == Answer.SENT_AWAY && entry.words().startsWith("421"));
        assertAllArrived();
    }

    private Void restartEach(Part service) throws Exception {
        for (Pod pod : cluster.pods(service)) {
            if (service == Part.SMTP_EDGE) {
                stopWithClients(pod);
            } else {
                cluster.stop(pod);
            }
            cluster.start(service, pod.number());
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
            ledger.add(new Entry(Answer.ACCEPTED, edge.name(), Load.account(0), subject, reply));
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

    private void awaitEveryAccountServed(int mark) {
        Waiting.until(
                () -> accountsServed(mark).size() == Load.ACCOUNTS,
                () -> "every account is served: " + accountsServed(mark) + ", " + Ledger.counts(ledger.since(mark)));
    }

    private Set<String> accountsServed(int mark) {
        return Ledger.of(ledger.since(mark), Answer.ACCEPTED).stream()
                .map(Entry::account)
                .collect(Collectors.toSet());
    }

    private Map<String, Double> shares() {
        return cluster.pods(Part.POLICY_SERVICE).stream()
                .collect(Collectors.toMap(Pod::name, pod -> pod.figure(VERDICTS)));
    }

    private void awaitAnswers(int more) {
        int mark = ledger.mark();
        Waiting.until(
                () -> Ledger.of(ledger.since(mark), Answer.ACCEPTED).size() >= more,
                () -> more + " more accepted: " + Ledger.counts(ledger.since(mark)));
    }

    private static List<Entry> ofEdge(List<Entry> entries, Pod edge) {
        return Ledger.of(entries, Answer.ACCEPTED).stream()
                .filter(entry -> entry.edge().equals(edge.name()))
                .toList();
    }

    private void awaitAnswered(Answer answer) {
        Waiting.until(
                () -> !ledger.subjects(answer).isEmpty(), () -> answer + " in " + Ledger.counts(ledger.all()));
    }

    /** Whoever read something else than 250 or 554 is excused. */
    private void assertOnly(Predicate<Entry> excused) {
        System.out.println(Ledger.counts(ledger.all()) + " copies " + arrivals().copies());
        assertEquals(
                List.of(),
                ledger.all().stream()
                        .filter(entry -> entry.answer() != Answer.ACCEPTED && entry.answer() != Answer.REFUSED)
                        .filter(excused.negate())
                        .toList());
    }

    /** What was accepted has arrived, and who had to be told was told once. */
    private void assertAllArrived() {
        Set<String> accepted = ledger.subjects(Answer.ACCEPTED);
        Set<String> refused = ledger.subjects(Answer.REFUSED);
        Waiting.until(
                () -> arrivals().missing(accepted).isEmpty()
                        && arrivals().untold(refused).isEmpty(),
                () -> "missing " + arrivals().missing(accepted) + ", not told of "
                        + arrivals().untold(refused));
        assertEquals(Set.of(), arrivals().toldTwice());
        assertTrue(
                accepted.stream().allMatch(subject -> subject.startsWith("honest")), "a forged message was accepted");
        assertTrue(refused.stream().allMatch(subject -> subject.startsWith("forged")), "an honest message was refused");
    }

    private static Arrivals arrivals() {
        return new Arrivals(cluster.nextHop().mails());
    }
}
