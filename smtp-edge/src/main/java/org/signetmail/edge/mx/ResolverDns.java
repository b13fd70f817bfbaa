package org.signetmail.edge.mx;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;

/** The DNS as recursive resolvers tell it, over UDP, and TCP for what is too long. They cache; here nothing is kept. */
public final class ResolverDns implements Dns {
    private static final int PAYLOAD = 1232; // what passes without fragments, DNS flag day 2020
    private static final Duration NEGATIVE_TTL = Duration.ofMinutes(1);
    private static final int MOST_ALIASES = 8;

    private final Resolver resolver;
    private final boolean validating;

    /**
     * @param servers recursive resolvers; empty: the system's
     * @param validating whether they check DNSSEC and nobody can change their answers on the way, so that AD can be trusted
     */
    public ResolverDns(List<InetSocketAddress> servers, boolean validating, Duration timeout) {
        List<InetSocketAddress> all =
                servers.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : servers;
        resolver = new ExtendedResolver(
                all.stream().<Resolver>map(SimpleResolver::new).toList());
        resolver.setTimeout(timeout);
        resolver.setEDNS(0, PAYLOAD, 0, List.of());
        this.validating = validating;
    }

    @Override
    public Answer ask(String name, int type) throws Unavailable {
        Name question;
        try {
            question = Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            return new Answer(false, false, List.of(), NEGATIVE_TTL); // Nobody can have registered it.
        }
        Message query = Message.newQuery(Record.newRecord(question, type, DClass.IN));
        query.getHeader().setFlag(Flags.AD); // RFC 6840 5.7: we understand it in the answer
        Message answer = send(query, name);
        int rcode = answer.getRcode();
        if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
            throw new Unavailable("The DNS has no answer for " + name + " now: " + Rcode.string(rcode));
        }
        boolean secure = validating && answer.getHeader().getFlag(Flags.AD);
        return answer(answer.getSection(Section.ANSWER), question, type, rcode == Rcode.NOERROR, secure);
    }

    private Message send(Message query, String name) throws Unavailable {
        try {
            return resolver.send(query);
        } catch (IOException e) {
            throw new Unavailable("The DNS gives no answer for " + name + ": " + e.getMessage(), e);
        }
    }

    private static Answer answer(List<Record> section, Name question, int type, boolean exists, boolean secure)
            throws Unavailable {
        var records = new ArrayList<Record>();
        long ttl = Integer.MAX_VALUE;
        Name name = question;
        for (int aliases = 0; ; aliases++) {
            Name owner = name;
            for (Record record : section) {
                if (record.getType() == type && record.getName().equals(owner)) {
                    records.add(record);
                    ttl = Math.min(ttl, record.getTTL());
                }
            }
            Optional<CNAMERecord> alias = section.stream()
                    .filter(record ->
                            record instanceof CNAMERecord && record.getName().equals(owner))
                    .map(CNAMERecord.class::cast)
                    .findFirst();
            if (!records.isEmpty() || alias.isEmpty()) {
                break;
            }
            if (aliases >= MOST_ALIASES) {
                throw new Unavailable("Too many aliases behind " + question);
            }
            ttl = Math.min(ttl, alias.get().getTTL());
            name = alias.get().getTarget();
        }
        return new Answer(exists, secure, records, records.isEmpty() ? NEGATIVE_TTL : Duration.ofSeconds(ttl));
    }
}
