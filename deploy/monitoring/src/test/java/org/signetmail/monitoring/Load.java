package org.signetmail.monitoring;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.signetmail.local.dialogue.Dialogue;
import org.signetmail.local.dialogue.DialoguePlayer;
import org.signetmail.local.dialogue.SocketPeer;
import org.signetmail.local.process.Layout;
import org.signetmail.local.secrets.TrustedCertificate;
import org.signetmail.local.stack.Endpoints;
import org.signetmail.local.stack.LocalStack;

/** Some of everything that happens in a day: the dialogues of {@code load} and administrators' work, until it is closed. */
final class Load implements AutoCloseable {
    private static final Path DIALOGUES = Layout.root().resolve("deploy/monitoring/src/test/resources/load");
    private static final int CLIENTS = 3;
    private static final Duration BETWEEN = Duration.ofMillis(40);
    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(2);

    private final LocalStack stack;
    private final SSLContext trust;
    private final List<Dialogue> dialogues = Dialogue.below(DIALOGUES);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ending;

    Load(LocalStack stack) {
        this.stack = stack;
        trust = TrustedCertificate.context(stack.certificate());
        for (int client = 0; client < CLIENTS; client++) {
            threads.execute(this::playUntilEnd);
        }
        threads.execute(this::administerUntilEnd);
    }

    /** What went otherwise than its dialogue says. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    private void playUntilEnd() {
        try {
            while (!ending) {
                for (Dialogue dialogue : dialogues) {
                    play(dialogue);
                    Thread.sleep(BETWEEN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void administerUntilEnd() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!ending) {
                new Administrator(stack, http).work();
                Thread.sleep(BETWEEN_CHANGES);
            }
        } catch (IOException e) {
            faults.add("administrator: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play(Dialogue dialogue) {
        try (var socket = new Socket(Endpoints.HOST, stack.endpoints().smtpPort())) {
            new DialoguePlayer(dialogue).play(new SocketPeer(socket, trust));
        } catch (IOException | AssertionError e) {
            faults.add(dialogue.name() + ": " + e);
        }
    }

    @Override
    public void close() {
        ending = true;
        threads.close();
    }
}
