package org.signetmail.edge.mx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.edge.mx.Dns.Unavailable;
import org.signetmail.edge.mx.MailHosts.None;
import org.signetmail.edge.mx.StsPolicy.Mode;

/**
 * Where the mail of a domain may go, and how sure one must be of the host: MX, with DANE where the domain has it, else with
 * MTA-STS (RFC 8461 2).
 */
public final class MailRoutes {
    private final MxLookup lookup;
    private final Optional<StsPolicies> policies;

    public MailRoutes(MxLookup lookup, Optional<StsPolicies> policies) {
        this.lookup = lookup;
        this.policies = policies;
    }

    /** How sure one must be of a host. */
    public enum Demand {
        /** TLS when offered, whatever the certificate. */
        NOTHING,
        /** TLS with a certificate that is valid for the host's name. */
        CERTIFICATE,
        /** TLS with a certificate that the host's TLSA records vouch for. */
        DANE
    }

    /** @param nameProved whether the domain's owner says, by DNSSEC or MTA-STS, that this is the host (RFC 8689 4.2.1) */
    public record Way(MailHost host, Demand demand, boolean nameProved) {}

    /**
     * The ways to take, in their order.
     *
     * @throws Unavailable when none can be taken now
     */
    public Ways of(String domain) throws Unavailable, None {
        MailHosts found = lookup.of(domain);
        Optional<StsPolicy> policy = policies.flatMap(all -> all.of(domain)).filter(any -> any.mode() != Mode.NONE);
        boolean enforced = policy.map(any -> any.mode() == Mode.ENFORCE).orElse(false);
        var ways = new ArrayList<Way>();
        for (MailHost host : found.hosts()) {
            boolean named = policy.map(any -> any.names(host.name())).orElse(false);
            if (host.dane().isPresent()) {
                ways.add(new Way(host, Demand.DANE, host.dane().get().authenticates()));
            } else if (!enforced) {
                ways.add(new Way(host, Demand.NOTHING, named || host.secure()));
            } else if (named) {
                ways.add(new Way(host, Demand.CERTIFICATE, true));
            }
        }
        if (ways.isEmpty()) {
            throw new Unavailable("The MTA-STS policy of " + domain + " names none of its MX hosts");
        }
        return new Ways(ways, found);
    }

    /** @param found from which they were chosen */
    public record Ways(List<Way> all, MailHosts found) {
        public Ways {
            all = List.copyOf(all);
        }
    }
}
