package org.signetmail.bench.abuse;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;

/** Clients that sign in under TLS, and then say nothing. */
public final class Idle {
    static final String SIGNED_IN = "signed in and idle";
    private static final int LIMIT_MINUTES = 10;

    private final int tlsPort;
    private final SSLContext trust;
    private final IntFunction<String> login;
    private final CountDownLatch settled;
    private final CountDownLatch end = new CountDownLatch(1);

    private Idle(int tlsPort, SSLContext trust, int number, IntFunction<String> login) {
        this.tlsPort = tlsPort;
        this.trust = trust;
        this.login = login;
        this.settled = new CountDownLatch(number);
    }

    /**
     * Returns when all are in, or were turned away.
     *
     * @param login of each client by its number; the password is the login and "-password"
     */
    public static Abuse begin(int tlsPort, SSLContext trust, int number, IntFunction<String> login)
            throws InterruptedException {
        return new Idle(tlsPort, trust, number, login).begin(number);
    }

    private Abuse begin(int number) throws InterruptedException {
        var abuse = new Abuse();
        for (int i = 0; i < number; i++) {
            int client = i;
            abuse.client(() -> {
                try (Abuser idle = cameIn(client, abuse)) {
                    end.await();
                    idle.reset();
                } catch (InterruptedException _) {
                    return "ended by us";
                }
                return "ended";
            });
        }
        if (!settled.await(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            abuse.close();
            throw new IllegalStateException("The idle clients did not come in within ten minutes");
        }
        return abuse;
    }

    private Abuser cameIn(int client, Abuse abuse) throws IOException, InterruptedException {
        Abuses.AT_A_TIME.acquire();
        try {
            Abuser idle = Abuser.connectTls(client, tlsPort, trust);
            try {
                idle.signIn(login.apply(client));
                abuse.count(SIGNED_IN);
                return idle;
            } catch (IOException e) {
                idle.close();
                throw e;
            }
        } finally {
            Abuses.AT_A_TIME.release();
            settled.countDown();
        }
    }
}
