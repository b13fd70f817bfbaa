package org.signetmail.scale;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.signetmail.scale.Ledger.Answer;
import org.signetmail.scale.Ledger.Entry;

/**
 * Mail programs that go on until the load is closed: each session signs in as the next account, sends some messages, of which
 * every seventh is forged, and begins anew, whatever it was answered.
 */
final class Load implements AutoCloseable {
    static final int ACCOUNTS = 24;
    static final String FORGED = "ceo@example.test";
    private static final int CLIENTS = 4;
    private static final int MESSAGES_PER_SESSION = 3;
    private static final int FORGED_ONE_OF = 7;
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(80);

    private static final AtomicInteger MESSAGES = new AtomicInteger();
    private static final AtomicInteger SESSIONS = new AtomicInteger();

    private final Net net;
    private final Ledger ledger;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ending;

    Load(Net net, Ledger ledger) {
        this.net = net;
        this.ledger = ledger;
        for (int client = 0; client < CLIENTS; client++) {
            threads.execute(this::sendUntilEnd);
        }
    }

    static String account(int number) {
        return "user" + number % ACCOUNTS;
    }

    private void sendUntilEnd() {
        while (!ending) {
            String account = account(SESSIONS.incrementAndGet());
            try (SmtpClient client = SmtpClient.connect(net)) {
                if (client.greeting().startsWith("220")) {
                    session(client, account);
                } else {
                    ledger.add(new Entry(Answer.NOT_SERVED, client.edge(), account, "", client.greeting()));
                }
            } catch (IOException e) {
                ledger.add(new Entry(Answer.NOT_SERVED, "nobody", account, "", e.toString()));
            }
            Waiting.pause(BETWEEN_MESSAGES);
        }
    }

    /** One session; what breaks is in the ledger. */
    private void session(SmtpClient client, String account) {
        String reply = between(() -> client.signIn(account));
        if (!reply.startsWith("235")) {
            Answer answer = reply.startsWith("454") ? Answer.NOT_SIGNED_IN : Answer.SENT_AWAY;
            ledger.add(new Entry(answer, client.edge(), account, "", reply));
            return;
        }
        for (int message = 0; message < MESSAGES_PER_SESSION && !ending; message++) {
            String mail = between(() -> client.ask("MAIL FROM:<" + account + "@example.test>"));
            if (!mail.startsWith("250")) {
                ledger.add(new Entry(Answer.SENT_AWAY, client.edge(), account, "", mail));
                return;
            }
            Entry answered = message(client, account);
            ledger.add(answered);
            if (answered.answer() == Answer.BROKEN) {
                return;
            }
            Waiting.pause(BETWEEN_MESSAGES);
        }
        var _ = between(() -> client.ask("QUIT"));
    }

    /** What is asked between two messages; a broken connection is an empty reply. */
    private static String between(Asking asking) {
        try {
            return asking.reply();
        } catch (IOException e) {
            return "";
        }
    }

    private interface Asking {
        String reply() throws IOException;
    }

    /** From RCPT on, where there is a transaction. */
    private static Entry message(SmtpClient client, String account) {
        int number = MESSAGES.incrementAndGet();
        boolean forged = number % FORGED_ONE_OF == 0;
        String subject = (forged ? "forged-" : "honest-") + number;
        String from = forged ? FORGED : account + "@example.test";
        String last = "250 to MAIL";
        try {
            last = client.ask("RCPT TO:<reader@example.test>");
            if (last.startsWith("250")) {
                last = client.ask("DATA");
            }
            if (last.startsWith("354")) {
                last = client.ask("From: " + from + "\r\nSubject: " + subject + "\r\n\r\nHello\r\n.");
            }
        } catch (IOException e) {
            return new Entry(Answer.BROKEN, client.edge(), account, subject, e + " after " + last);
        }
        Answer answer = switch (last.isEmpty() ? ' ' : last.charAt(0)) {
            case '2' -> Answer.ACCEPTED;
            case '5' -> Answer.REFUSED;
            case '4' -> Answer.DEFERRED;
            default -> Answer.BROKEN;
        };
        return new Entry(answer, client.edge(), account, subject, last);
    }

    /** Every session ends with its message. */
    @Override
    public void close() {
        ending = true;
        threads.close();
    }
}
