package org.signetmail.policy.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.signetmail.policy.originator.AccountState;
import org.signetmail.policy.originator.AddressBook;
import org.signetmail.policy.originator.AllowedAddress;
import org.signetmail.policy.originator.CredentialScope;
import org.signetmail.policy.originator.DomainSettings;
import org.signetmail.policy.originator.Mode;
import org.signetmail.policy.originator.Network;
import org.signetmail.policy.originator.Originators;
import org.signetmail.policy.originator.Source;
import org.signetmail.policy.originator.Suspension;
import org.signetmail.policy.originator.Use;

/** The body of {@code GET /api/v1/accounts/{login}/originators}. A word that is not known here is no answer. */
public record OriginatorsAnswer(
        @JsonProperty(required = true) String account,
        @JsonProperty(required = true) boolean enabled,
        @JsonProperty(required = true) long version,
        @JsonProperty(required = true) String mode,
        Optional<String> primaryAddress,
        @JsonProperty(required = true) List<Address> addresses,
        @JsonProperty(required = true) List<Domain> domains,
        List<Credential> credentials,
        Optional<Suspended> suspended) {

    record Address(
            @JsonProperty(required = true) String address,
            @JsonProperty(required = true) String use,
            @JsonProperty(required = true) String source,
            Optional<String> grantId,
            List<String> through,
            Optional<Instant> validFrom,
            Optional<Instant> validUntil,
            List<String> networks,
            Optional<String> credential) {
        private AllowedAddress toAllowedAddress() {
            return new AllowedAddress(
                    address,
                    byWord(Use.values(), Use::word, use),
                    sourceOf(source),
                    grantId,
                    through == null ? List.of() : through,
                    validFrom,
                    validUntil,
                    parsed(networks),
                    credential);
        }
    }

    record Domain(
            @JsonProperty(required = true) String domain,
            Optional<String> subaddressDelimiter,
            @JsonProperty(required = true) boolean caseSensitiveLocalPart) {
        private DomainSettings toSettings() {
            return new DomainSettings(domain, subaddressDelimiter, caseSensitiveLocalPart);
        }
    }

    /** @param addresses absent when the application password is for all of the account's */
    record Credential(
            @JsonProperty(required = true) String id,
            Optional<List<String>> addresses,
            List<String> networks,
            Optional<Instant> validUntil) {
        private CredentialScope toScope(List<DomainSettings> domains) {
            return CredentialScope.of(addresses, parsed(networks), validUntil, domains);
        }
    }

    record Suspended(
            @JsonProperty(required = true) Instant since,
            @JsonProperty(required = true) String reason) {}

    /** @throws IllegalArgumentException when a word of it is not known here */
    public Originators toOriginators() {
        List<DomainSettings> settings = domains.stream().map(Domain::toSettings).toList();
        return new Originators(
                account,
                state(),
                suspended.map(since -> new Suspension(since.since(), since.reason())),
                version,
                byWord(Mode.values(), Mode::word, mode),
                primaryAddress,
                new AddressBook(
                        addresses.stream().map(Address::toAllowedAddress).toList(), settings),
                credentials == null
                        ? Map.of()
                        : credentials.stream()
                                .collect(Collectors.toMap(Credential::id, credential -> credential.toScope(settings))));
    }

    private AccountState state() {
        if (!enabled) {
            return AccountState.DISABLED;
        }
        return suspended.isPresent() ? AccountState.SUSPENDED : AccountState.ENABLED;
    }

    private static List<Network> parsed(List<String> networks) {
        return networks == null
                ? List.of()
                : networks.stream().map(Network::parse).toList();
    }

    /** It informs people, and decides nothing but that it is no address of the account's own. */
    private static Source sourceOf(String word) {
        return Arrays.stream(Source.values())
                .filter(source -> source.word().equals(word))
                .findFirst()
                .orElse(Source.GRANT);
    }

    private static <E> E byWord(E[] values, Function<E, String> word, String wanted) {
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown word " + wanted));
    }
}
