package org.signetmail.edge.mx;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.signetmail.edge.mx.Dns.Answer;
import org.signetmail.edge.mx.Dns.Unavailable;
import org.signetmail.edge.mx.MailHosts.None;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/** From a domain to the hosts that take its mail (RFC 5321 5.1, RFC 7505, and with DNSSEC RFC 7672). */
public final class MxLookup {
    private static final String NO_SUCH_DOMAIN = "5.1.2"; // RFC 3463 3.2
    private static final String NULL_MX = "5.1.10"; // RFC 7505 4.2
    private static final String NO_HOST = "5.4.4"; // RFC 3463 3.5
    private static final String LOOP = "5.4.6";
    /** Of a domain with very many hosts the first ones: each attempt tries all of them. */
    private static final int MOST_HOSTS = 10;

    private final Dns dns;
    private final String ownName;
    private final int port;
    private final RandomGenerator random;

    /**
     * @param ownName of this host, whose mail must not come back to it
     * @param port where the hosts listen, 25 but in tests
     */
    public MxLookup(Dns dns, String ownName, int port, RandomGenerator random) {
        this.dns = dns;
        this.ownName = ownName;
        this.port = port;
        this.random = random;
    }

    /** @param domain A-labels */
    public MailHosts of(String domain) throws Unavailable, None {
        Answer mx = dns.ask(domain, Type.MX);
        if (!mx.exists()) {
            throw new None(NO_SUCH_DOMAIN, "The domain " + domain + " does not exist");
        }
        List<String> names = names(domain, mx.of(MXRecord.class));
        var hosts = new ArrayList<MailHost>();
        Optional<Unavailable> unknown = Optional.empty();
        Duration ttl = mx.ttl();
        for (String name : names.subList(0, Math.min(names.size(), MOST_HOSTS))) {
            try {
                Answer v6 = dns.ask(name, Type.AAAA);
                Answer v4 = dns.ask(name, Type.A);
                List<InetAddress> addresses = addresses(v6, v4);
                if (!addresses.isEmpty()) {
                    boolean secure = mx.secure() && v6.secure() && v4.secure();
                    hosts.add(new MailHost(name, addresses, mx.secure(), secure ? dane(name) : Optional.empty()));
                    ttl = shorter(
                            ttl,
                            shorter(
                                    v6.records().isEmpty() ? ttl : v6.ttl(),
                                    v4.records().isEmpty() ? ttl : v4.ttl()));
                }
            } catch (Unavailable e) {
                unknown =
                        Optional.of(e); // RFC 7672 2.1: of a host without a secure answer about TLSA nothing is assumed
            }
        }
        if (hosts.isEmpty() && unknown.isPresent()) {
            throw unknown.get();
        }
        if (hosts.isEmpty()) {
            throw new None(NO_HOST, "No host of the domain " + domain + " has an address");
        }
        return new MailHosts(hosts, ttl);
    }

    private List<String> names(String domain, List<MXRecord> records) throws None {
        if (records.isEmpty()) {
            return List.of(domain); // RFC 5321 5.1: the implicit MX
        }
        List<MXRecord> named = new ArrayList<>(records.stream()
                .filter(record -> !record.getTarget().equals(Name.root))
                .toList());
        if (named.isEmpty()) {
            throw new None(NULL_MX, "The domain " + domain + " takes no mail (null MX)");
        }
        Collections.shuffle(named, random);
        named.sort(Comparator.comparingInt(MXRecord::getPriority));
        List<String> names = named.stream().map(MxLookup::name).toList();
        int own = names.indexOf(ownName.toLowerCase(Locale.ROOT));
        if (own < 0) {
            return names;
        }
        // RFC 5321 5.1: those as far from the domain as ourselves, or farther, would send it back here.
        int preference = named.get(own).getPriority();
        List<String> closer = named.stream()
                .filter(record -> record.getPriority() < preference)
                .map(MxLookup::name)
                .toList();
        if (closer.isEmpty()) {
            throw new None(LOOP, "Mail for " + domain + " comes back to " + ownName);
        }
        return closer;
    }

    private static String name(MXRecord record) {
        return record.getTarget().toString(true).toLowerCase(Locale.ROOT);
    }

    private static List<InetAddress> addresses(Answer v6, Answer v4) {
        var addresses = new ArrayList<InetAddress>();
        v6.of(AAAARecord.class).forEach(record -> addresses.add(record.getAddress()));
        v4.of(ARecord.class).forEach(record -> addresses.add(record.getAddress()));
        return addresses;
    }

    /** RFC 7672 2.2: what is not signed counts as not there. */
    private Optional<DaneTrust> dane(String host) throws Unavailable {
        Answer tlsa = dns.ask("_" + port + "._tcp." + host, Type.TLSA);
        List<TLSARecord> records = tlsa.secure() ? tlsa.of(TLSARecord.class) : List.of();
        return records.isEmpty() ? Optional.empty() : Optional.of(DaneTrust.of(records));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
