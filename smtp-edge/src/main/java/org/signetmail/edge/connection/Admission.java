package org.signetmail.edge.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.EdgeMetrics.Refusal;
import org.signetmail.edge.counts.SignInGuard;
import org.signetmail.edge.network.Network;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;

/** Who may connect: so many in all, so many from one address, and none that guesses passwords. A host has a whole /64 of IPv6 (RFC 7934 section 3). */
final class Admission {
    private static final int IPV6_HOST_PREFIX = 64;

    private final int maxConnections;
    private final int maxPerAddress;
    private final List<Network> exempt;
    private final SignInGuard guard;
    private final EdgeMetrics metrics;
    private final AtomicInteger total = new AtomicInteger();
    private final Tally<Network> hosts = new Tally<>();

    /** @param maxPerAddress 0 for no limit */
    Admission(int maxConnections, int maxPerAddress, List<Network> exempt, SignInGuard guard, EdgeMetrics metrics) {
        this.maxConnections = maxConnections;
        this.maxPerAddress = maxPerAddress > 0 ? maxPerAddress : Integer.MAX_VALUE;
        this.exempt = List.copyOf(exempt);
        this.guard = guard;
        this.metrics = metrics;
    }

    /** One more connection, which counts until its visit is closed. */
    Visit visit() {
        boolean room = total.incrementAndGet() <= maxConnections;
        if (!room) {
            total.decrementAndGet(); // those who are turned away take nobody's place
        }
        return new Visit(room);
    }

    private static Network host(InetAddress client) {
        int whole = client.getAddress().length * Byte.SIZE;
        return new Network(client, client instanceof Inet6Address ? IPV6_HOST_PREFIX : whole);
    }

    /** A connection from its acceptance to its end. */
    final class Visit implements AutoCloseable {
        private final boolean room;
        private Optional<Network> host = Optional.empty();

        private Visit(boolean room) {
            this.room = room;
        }

        /** Whether there are not too many in all. */
        boolean hasRoom() {
            return room;
        }

        /** Counts the client in, or gives what it reads instead of being served. */
        Optional<Reply> refusal(InetAddress client) {
            if (!room) {
                return refused(Refusal.TOTAL, Replies.TOO_MANY_CONNECTIONS);
            }
            if (exempt.stream().anyMatch(network -> network.contains(client))) {
                return Optional.empty();
            }
            if (guard.refuses(client)) {
                return refused(Refusal.SIGN_INS, Replies.TOO_MANY_FAILED_SIGN_INS);
            }
            Network from = host(client);
            if (!hosts.enter(from, maxPerAddress)) {
                return refused(Refusal.ADDRESS, Replies.TOO_MANY_FROM_ADDRESS);
            }
            host = Optional.of(from);
            return Optional.empty();
        }

        private Optional<Reply> refused(Refusal limit, Reply reply) {
            metrics.connectionRefused(limit);
            return Optional.of(reply);
        }

        @Override
        public void close() {
            host.ifPresent(hosts::leave);
            if (room) {
                total.decrementAndGet();
            }
        }
    }
}
