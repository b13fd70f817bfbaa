package org.signetmail.bench.abuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** The kinds of abuse: each begins and goes on until it is closed. */
final class Abuses {
    private static final int OF_AN_ACCOUNT = 20;
    private static final int PIECE = 64 * 1024;

    /** Clients that sign in at the same time: it is the edge that is abused here, not the directory. */
    static final Semaphore AT_A_TIME = new Semaphore(32);

    private final int port;
    private final int tlsPort;
    private final SSLContext trust;

    Abuses(int port, int tlsPort, SSLContext trust) {
        this.port = port;
        this.tlsPort = tlsPort;
        this.trust = trust;
    }

    static int accounts(AbuseSettings settings) {
        return Math.max(1, (Math.max(settings.idle(), settings.big()) + OF_AN_ACCOUNT - 1) / OF_AN_ACCOUNT);
    }

    static String account(int number) {
        return "abuse-" + number / OF_AN_ACCOUNT;
    }

    Abuse idle(int number) throws InterruptedException {
        return Idle.begin(tlsPort, trust, number, Abuses::account);
    }

    private static void paced(Abuser client, String login) throws IOException, InterruptedException {
        AT_A_TIME.acquire();
        try {
            client.signIn(login);
        } finally {
            AT_A_TIME.release();
        }
    }

    /** Slowloris: an octet a second, of a command that never ends or of content. */
    Abuse slow(int number) {
        var abuse = new Abuse();
        for (int i = 0; i < number; i++) {
            int client = i;
            abuse.client(() -> {
                try (Abuser slow = Abuser.connect(client, port)) {
                    if (client % 2 == 0) {
                        paced(slow, account(client));
                        slow.ask("MAIL FROM:<>", "250");
                        slow.ask("RCPT TO:<discard@example.test>", "250");
                        slow.ask("DATA", "354");
                    }
                    while (!abuse.isOver()) {
                        slow.send("x");
                        Thread.sleep(1000);
                    }
                } catch (InterruptedException _) {
                    // Its time is over.
                }
                return "slow to the end";
            });
        }
        return abuse;
    }

    /** Messages of full size, all at once; each client sends one. */
    Abuse big(int number, int mebibytes) {
        var abuse = new Abuse();
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) 'x');
        for (int i = 78; i < piece.length; i += 80) {
            piece[i] = '\r';
            piece[i + 1] = '\n';
        }
        byte[] lines = new String(piece, StandardCharsets.ISO_8859_1)
                .substring(0, PIECE / 80 * 80)
                .getBytes(StandardCharsets.ISO_8859_1);
        var all = new CountDownLatch(number);
        for (int i = 0; i < number; i++) {
            int client = i;
            abuse.client(() -> {
                try (Abuser big = Abuser.connect(client, port)) {
                    paced(big, account(client));
                    big.ask("MAIL FROM:<>", "250");
                    big.ask("RCPT TO:<discard@example.test>", "250");
                    big.ask("DATA", "354");
                    all.countDown();
                    all.await(30, TimeUnit.SECONDS);
                    big.send("From: " + account(client) + "@example.test\r\n\r\n");
                    for (long sent = 100; sent + lines.length < mebibytes * 1024L * 1024; sent += lines.length) {
                        big.send(lines);
                    }
                    big.send("\r\n.\r\n");
                    return big.reply().replaceFirst("(?<=250 Queued as ).*", "…");
                } catch (InterruptedException _) {
                    return "ended by us";
                }
            });
        }
        return abuse;
    }

    /** Commands that are none, without reading, and the next connection when the edge hangs up. */
    Abuse badCommands(int number) {
        var abuse = new Abuse();
        for (int i = 0; i < number; i++) {
            int client = i;
            abuse.client(() -> {
                while (!abuse.isOver()) {
                    try (Abuser bad = Abuser.connect(client, port)) {
                        bad.expect("220");
                        while (!bad.reply().isEmpty()) {
                            bad.send("EVIL ".repeat(20) + "\r\n");
                        }
                    } catch (IOException _) {
                        abuse.count("hung up on");
                    }
                }
                return "bad to the end";
            });
        }
        return abuse;
    }

    /** Commands whose replies nobody reads: the edge must not keep them for ever. */
    Abuse deaf(int number) {
        var abuse = new Abuse();
        for (int i = 0; i < number; i++) {
            int client = i;
            abuse.client(() -> {
                try (Abuser deaf = Abuser.connect(client, port)) {
                    paced(deaf, account(client));
                    deaf.ask("MAIL FROM:<>", "250");
                    String group = "RCPT TO:<discard@example.test>\r\n".repeat(500);
                    while (!abuse.isOver()) {
                        deaf.send(group);
                    }
                } catch (InterruptedException _) {
                    return "ended by us";
                }
                return "deaf to the end";
            });
        }
        return abuse;
    }

    /** Connections that are closed as soon as they stand. */
    Abuse connections(int threads, int most) {
        var abuse = new Abuse();
        var made = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            abuse.client(() -> {
                while (!abuse.isOver() && made.incrementAndGet() <= most) {
                    try {
                        Abuser.connect(made.get(), port).reset();
                        abuse.count("connected");
                    } catch (IOException _) {
                        abuse.count("not connected");
                    }
                }
                return "flooded to the end";
            });
        }
        return abuse;
    }
}
