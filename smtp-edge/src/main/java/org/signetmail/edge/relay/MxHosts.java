package org.signetmail.edge.relay;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.signetmail.edge.mx.Dns;
import org.signetmail.edge.mx.MailHosts;
import org.signetmail.edge.mx.MailRoutes;
import org.signetmail.edge.mx.MailRoutes.Way;
import org.signetmail.edge.mx.MailRoutes.Ways;
import org.signetmail.edge.relay.NextHop.Protocol;

/** The hosts that the DNS names for a domain, each address of theirs a hop of its own; known for as long as the DNS says. */
final class MxHosts implements Hosts {
    /** However long the records live: a policy or a key may change before. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final String domain;
    private final HopSettings settings;
    private final int port;
    private final MailRoutes routes;
    private List<HopSettings> hosts = List.of();
    private long until = System.nanoTime();

    /** @param settings for whatever host it is */
    MxHosts(String domain, HopSettings settings, int port, MailRoutes routes) {
        this.domain = domain;
        this.settings = settings;
        this.port = port;
        this.routes = routes;
    }

    @Override
    public synchronized List<HopSettings> now() throws Dns.Unavailable, MailHosts.None {
        long now = System.nanoTime();
        if (hosts.isEmpty() || now - until >= 0) {
            Ways ways = routes.of(domain);
            hosts = hops(ways.all());
            Duration ttl = ways.found().ttl();
            until = now + (ttl.compareTo(LONGEST) < 0 ? ttl : LONGEST).toNanos();
        }
        return hosts;
    }

    private List<HopSettings> hops(List<Way> ways) {
        var hops = new ArrayList<HopSettings>();
        for (Way way : ways) {
            for (InetAddress address : way.host().addresses()) {
                var hop = new NextHop(Protocol.SMTP, way.host().name(), port, hops.size(), 1);
                HopSettings found = settings.at(hop, address, way.nameProved());
                hops.add(
                        switch (way.demand()) {
                            case NOTHING -> found;
                            case CERTIFICATE -> found.verified();
                            case DANE -> found.verifiedBy(way.host().dane().orElseThrow());
                        });
            }
        }
        return List.copyOf(hops);
    }
}
