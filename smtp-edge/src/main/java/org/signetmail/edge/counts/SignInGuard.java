package org.signetmail.edge.counts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.signetmail.edge.EdgeConfig;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.auth.Authentication;
import org.signetmail.edge.auth.Credentials;
import org.signetmail.edge.network.Network;

/**
 * Makes guessing passwords slow and short (deploy/docs/decisions/0021). Who guesses is counted by address and network, and
 * past a limit not listened to for a while. Whom the guesses are about is counted too, but only slows down wrong answers: nobody
 * can lock somebody else out.
 */
@ApplicationScoped
public class SignInGuard {
    private static final int IPV4_HOST = 32;
    private static final int IPV6_HOST = 64; // RFC 7934 section 3
    private static final int MAX_DOUBLINGS = 30;
    private static final int NAME_OCTETS = 12;

    private final Counts counts;
    private final EdgeConfig.SignIn config;
    private final List<Network> exempt;
    private final EdgeMetrics metrics;
    private final OwnFailures own = new OwnFailures();

    @Inject
    public SignInGuard(Counts counts, EdgeConfig config, EdgeMetrics metrics) {
        this.counts = counts;
        this.config = config.signIn();
        this.exempt = config.smtp().exemptNetworks().orElse(List.of());
        this.metrics = metrics;
    }

    /** Whether so many sign-ins from there have failed that nobody from there is served for a while. */
    public boolean refuses(InetAddress client) {
        return !isExempt(client)
                && (isOver(address(client), config.failuresPerAddress())
                        || isOver(network(client), config.failuresPerNetwork()));
    }

    private boolean isOver(Key key, int limit) {
        return limit > 0 && counts.sum(key) >= limit;
    }

    /**
     * Has credentials checked. A wrong answer comes late, on the caller's virtual thread, and within bounds; a right one at once.
     * An address over its limit, whose connections from before are still open, is told wrong whatever it says.
     */
    public Authentication check(Credentials credentials, InetAddress client, Supplier<Authentication> directory) {
        Authentication result = refuses(client) ? new Authentication.Denied() : directory.get();
        switch (result) {
            case Authentication.Granted _ -> forgive(credentials, client);
            case Authentication.Denied() -> count(credentials, client);
            case Authentication.Unavailable() -> {
                // Nobody knows whether it was wrong.
            }
        }
        return result;
    }

    /** Only what the same client got wrong about the same account: an account of one's own buys no guesses at others. */
    private void forgive(Credentials credentials, InetAddress client) {
        int mistakes = own.forget(address(client).subject(), name(credentials));
        if (mistakes > 0) {
            counts.takeBack(address(client), mistakes);
            counts.takeBack(network(client), mistakes);
            counts.takeBack(account(credentials), mistakes);
        }
    }

    private void count(Credentials credentials, InetAddress client) {
        if (own.isNew(address(client).subject(), name(credentials), credentials)) {
            counts.add(account(credentials), 1);
            if (!isExempt(client)) {
                counts.add(address(client), 1);
                counts.add(network(client), 1);
            }
        }
        pause(delay(Math.max(counts.sum(address(client)), counts.sum(account(credentials)))));
    }

    private Duration delay(long failures) {
        int doublings = Math.clamp(failures - 1, 0, MAX_DOUBLINGS);
        Duration delay = config.delay().multipliedBy(1L << doublings);
        return delay.compareTo(config.maxDelay()) < 0 ? delay : config.maxDelay();
    }

    private void pause(Duration delay) {
        metrics.signInDelayed(delay);
        try {
            Thread.sleep(delay);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isExempt(InetAddress client) {
        return exempt.stream().anyMatch(network -> network.contains(client));
    }

    private static Key address(InetAddress client) {
        return of(Kind.FAILURES_OF_ADDRESS, client, IPV4_HOST, IPV6_HOST);
    }

    private Key network(InetAddress client) {
        return of(Kind.FAILURES_OF_NETWORK, client, config.ipv4Network(), config.ipv6Network());
    }

    private static Key of(Kind kind, InetAddress client, int ipv4, int ipv6) {
        return new Key(kind, new Network(client, client instanceof Inet6Address ? ipv6 : ipv4).toString());
    }

    private static Key account(Credentials credentials) {
        return new Key(Kind.FAILURES_OF_ACCOUNT, name(credentials));
    }

    /** People type passwords where the name belongs: what was typed goes nowhere. */
    private static String name(Credentials credentials) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(credentials.login().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, NAME_OCTETS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
