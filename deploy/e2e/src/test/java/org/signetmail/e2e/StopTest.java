package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;

/**
 * The edge is asked to end (SIGTERM) while clients submit and others are idle: readiness goes first, whoever was greeted
 * reads a reply to the end, and every message that was accepted arrives.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StopTest {
    private static final int CLIENTS = 20;
    private static final int ANSWERS_BEFORE = 100;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String RECIPIENT = "stop@example.test";

    private final LocalStack stack = SharedStack.get();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> withoutReply = ConcurrentHashMap.newKeySet();
    private final AtomicInteger toldToLeave = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();

    @Test
    void everybodyReadsAReplyAndWhatWasAcceptedArrives() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                PlainClient idle = new PlainClient(stack.endpoints().smtpPort())) {
            idle.reply();
            List<Future<?>> clients = IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(i -> threads.submit(this::submitUntilRefused))
                    .toList();
            Waiting.until(() -> accepted.size() >= ANSWERS_BEFORE, ANSWERS_BEFORE + " messages accepted", LIMIT);
            Future<?> stopping = threads.submit(() -> stack.stop(Part.SMTP_EDGE));
            Waiting.until(() -> !isReady(), "readiness is down", LIMIT);
            assertFalse(stopping.isDone(), "readiness goes down while the edge still serves");
            assertEquals("421", idle.reply().substring(0, 3));
            for (Future<?> client : clients) {
                client.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            stopping.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } finally {
            stack.start(Part.SMTP_EDGE);
        }
        assertEquals(Set.of(), withoutReply);
        assertTrue(toldToLeave.get() > 0, "somebody was in the middle");
        new Mailbox(stack.endpoints(), RECIPIENT)
                .await(
                        messages -> accepted.stream()
                                .allMatch(subject -> messages.stream()
                                        .anyMatch(text -> text.contains("Subject: " + subject + "\r\n"))),
                        "every accepted message");
    }

    private boolean isReady() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI ready = URI.create(stack.endpoints().managementUrl(Part.SMTP_EDGE) + "/q/health/ready");
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            throw new AssertionError("The edge ended before its readiness went down", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void submitUntilRefused() {
        while (true) {
            try (var client = new PlainClient(stack.endpoints().smtpPort())) {
                submit(client);
            } catch (ConnectException e) {
                return;
            } catch (IOException e) {
                withoutReply.add("could not be closed: " + e);
            }
        }
    }

    private void submit(PlainClient client) {
        String last = "";
        boolean greeted = false;
        try {
            last = client.reply();
            greeted = last.startsWith("220");
            for (String line = "EHLO client.example.test";
                    greeted && !last.startsWith("421");
                    line = next(line, last)) {
                if (line.startsWith("Subject:") && last.startsWith("354")) {
                    last = client.ask("From: alice@example.test\r\n" + line + "\r\n\r\nHello\r\n.");
                    if (last.startsWith("250")) {
                        accepted.add(line.substring("Subject: ".length()));
                    }
                } else {
                    last = client.ask(line);
                }
                if (last.isEmpty()) {
                    withoutReply.add("end of connection after " + line);
                    return;
                }
            }
        } catch (IOException e) {
            if (greeted) { // before it, the connection was in the kernel's queue only
                withoutReply.add(e + " after " + last);
            }
        }
        if (last.startsWith("421")) {
            toldToLeave.incrementAndGet();
        }
    }

    /** What comes behind a line; after a message, the next. */
    private String next(String line, String reply) {
        if (reply.startsWith("421")) {
            return line;
        }
        String verb = line.substring(0, 4);
        assertTrue(reply.startsWith("2") || reply.startsWith("354"), line + " read " + reply);
        return switch (verb) {
            case "EHLO" -> "AUTH PLAIN " + PlainClient.plain("alice");
            case "AUTH", "Subj" -> "MAIL FROM:<alice@example.test>";
            case "MAIL" -> "RCPT TO:<" + RECIPIENT + ">";
            case "RCPT" -> "DATA";
            case "DATA" -> "Subject: stop-" + numbers.incrementAndGet();
            default -> throw new IllegalStateException(line);
        };
    }
}
