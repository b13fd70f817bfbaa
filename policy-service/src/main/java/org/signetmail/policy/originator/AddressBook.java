package org.signetmail.policy.originator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The addresses of an account, indexed by canonical form when they arrive, so that a verdict is a few look-ups. */
public final class AddressBook {
    private final List<AllowedAddress> addresses;
    private final Map<String, DomainSettings> domains = new HashMap<>();
    private final Map<CanonicalAddress, List<AllowedAddress>> literal = new HashMap<>();
    private final Map<String, List<AllowedAddress>> wholeDomains = new HashMap<>();

    public AddressBook(List<AllowedAddress> addresses, List<DomainSettings> domains) {
        for (DomainSettings settings : domains) {
            CanonicalDomain.of(settings.domain()).ifPresent(domain -> this.domains.put(domain, settings));
        }
        this.addresses = addresses.stream()
                .filter(this::index)
                .sorted(Comparator.comparing(AllowedAddress::use).thenComparing(AllowedAddress::source))
                .toList();
    }

    AddressBook with(List<AllowedAddress> more) {
        return new AddressBook(
                Stream.concat(addresses.stream(), more.stream()).toList(), List.copyOf(domains.values()));
    }

    /** What has a canonical form: primary first, own, send-as, send-on-behalf. */
    public List<AllowedAddress> addresses() {
        return addresses;
    }

    /** Every entry that covers the address, whatever its use and validity. */
    Stream<AllowedAddress> covering(String address) {
        return canonical(address).stream()
                .flatMap(wanted -> Stream.of(listed(wanted), subaddressed(wanted), domainWide(wanted))
                        .flatMap(found -> found));
    }

    /** The form in which the address is compared, by the settings of its domain. */
    public Optional<CanonicalAddress> canonical(String address) {
        return CanonicalAddress.of(address, domain -> settings(domain).caseSensitiveLocalPart());
    }

    private Stream<AllowedAddress> listed(CanonicalAddress wanted) {
        return literal.getOrDefault(wanted, List.of()).stream();
    }

    /** RFC 5233: the delimiter splits at its first occurrence; subaddresses come with own addresses only. */
    private Stream<AllowedAddress> subaddressed(CanonicalAddress wanted) {
        DomainSettings settings = settings(wanted.domain());
        return settings.subaddressDelimiter().stream()
                .filter(delimiter -> !delimiter.isEmpty())
                .map(delimiter -> CanonicalAddress.localPart(delimiter, settings.caseSensitiveLocalPart()))
                .flatMap(delimiter -> {
                    int end = wanted.localPart().indexOf(delimiter);
                    return end > 0 && FreeLocalPart.accepts(wanted.localPart().substring(end))
                            ? listed(new CanonicalAddress(wanted.localPart().substring(0, end), wanted.domain()))
                            : Stream.empty();
                })
                .filter(base -> base.use() == Use.OWN);
    }

    private Stream<AllowedAddress> domainWide(CanonicalAddress wanted) {
        return FreeLocalPart.accepts(wanted.localPart())
                ? wholeDomains.getOrDefault(wanted.domain(), List.of()).stream()
                : Stream.empty();
    }

    private DomainSettings settings(String canonicalDomain) {
        DomainSettings settings = domains.get(canonicalDomain);
        return settings == null ? DomainSettings.unregistered(canonicalDomain) : settings;
    }

    private boolean index(AllowedAddress address) {
        if (address.coversDomain()) {
            Optional<String> domain = CanonicalDomain.of(address.domain());
            domain.ifPresent(d ->
                    wholeDomains.computeIfAbsent(d, any -> new ArrayList<>()).add(address));
            return domain.isPresent();
        }
        Optional<CanonicalAddress> canonical = canonical(address.address());
        canonical.ifPresent(
                c -> literal.computeIfAbsent(c, any -> new ArrayList<>()).add(address));
        return canonical.isPresent();
    }
}
