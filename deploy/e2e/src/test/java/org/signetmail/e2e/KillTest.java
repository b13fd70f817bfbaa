package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;

/**
 * A part is killed with SIGKILL while 200 messages are under way, and started again. Clients try again what was not
 * answered for good, as mail programs do; what was answered must be true.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class KillTest {
    private static final int MESSAGES = 200;
    private static final int CLIENTS = 10;
    private static final int KILL_AFTER = 40;
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final Duration PAUSE_BEFORE_RETRY = Duration.ofMillis(200);

    private final LocalStack stack = SharedStack.get();

    /** Final answers by subject: accepted or refused. */
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @EnumSource(names = {"SMTP_EDGE", "POLICY_SERVICE", "DIRECTORY_SERVICE", "NOTIFIER", "KAFKA"})
    void whatWasAcceptedArrives(Part part) throws Exception {
        String recipient = "kill-" + part.label() + "@example.test";
        killWhileSending(part, "alice@example.test", recipient, "250 ");
        Mailbox mailbox = new Mailbox(stack.endpoints(), recipient);
        mailbox.await(
                messages -> answered.stream()
                        .allMatch(subject ->
                                messages.stream().anyMatch(text -> text.contains("Subject: " + subject + "\r\n"))),
                "every accepted message");
    }

    /** The notices of a refusal go out once, though the notifier dies between two of them. */
    @Test
    void noticesGoOutOnce() throws Exception {
        killWhileSending(Part.NOTIFIER, "ceo@example.test", "kill-notices@example.test", "554 ");
        for (String reader : List.of("postmaster@example.test", "alice@example.test")) {
            List<String> notices = new Mailbox(stack.endpoints(), reader)
                    .await(messages -> about(messages).size() >= MESSAGES, "a notice of each refusal");
            List<String> subjects = about(notices);
            assertEquals(Set.copyOf(answered), Set.copyOf(subjects));
            assertEquals(subjects.size(), Set.copyOf(subjects).size(), "a refusal was told twice to " + reader);
        }
    }

    /** The subjects of this test that the notices are about. */
    private static List<String> about(List<String> notices) {
        Pattern subject = Pattern.compile("Subject: (noti-\\d+)\\s");
        return notices.stream()
                .map(subject::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    private void killWhileSending(Part part, String from, String to, String expected) throws Exception {
        String prefix = expected.startsWith("554") ? "noti-" : part.label() + "-";
        Queue<String> unsent = new ConcurrentLinkedQueue<>(
                IntStream.range(0, MESSAGES).mapToObj(i -> prefix + i).toList());
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sending = IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(_ -> clients.submit(() -> sendAll(unsent, from, to, expected)))
                    .toList();
            Waiting.until(() -> answered.size() >= KILL_AFTER, KILL_AFTER + " answers", LIMIT);
            stack.kill(part);
            stack.start(part);
            for (Future<?> client : sending) {
                client.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
        assertEquals(MESSAGES, answered.size());
    }

    private Void sendAll(Queue<String> unsent, String from, String to, String expected) {
        for (String subject = unsent.poll(); subject != null; subject = unsent.poll()) {
            if (!send(subject, from, to, expected)) {
                unsent.add(subject);
                Waiting.pause(PAUSE_BEFORE_RETRY);
            }
        }
        return null;
    }

    private boolean send(String subject, String from, String to, String expected) {
        try (MailProgram alice = MailProgram.signIn(stack, "alice")) {
            String reply = alice.send(from, to, subject);
            if (reply.startsWith(expected)) {
                answered.add(subject);
                return true;
            }
            assertEquals("451", reply.substring(0, 3), reply);
            return false;
        } catch (MessagingException e) {
            return false; // No connection, no sign-in, or no answer: the client still has the message.
        }
    }
}
