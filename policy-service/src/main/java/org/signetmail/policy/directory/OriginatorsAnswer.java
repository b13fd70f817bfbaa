package org.signetmail.policy.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.signetmail.policy.originator.AccountState;
import org.signetmail.policy.originator.AddressBook;
import org.signetmail.policy.originator.AllowedAddress;
import org.signetmail.policy.originator.DomainSettings;
import org.signetmail.policy.originator.Mode;
import org.signetmail.policy.originator.Originators;
import org.signetmail.policy.originator.Source;
import org.signetmail.policy.originator.Use;

/** The body of {@code GET /api/v1/accounts/{login}/originators}. A word that is not known here is no answer. */
public record OriginatorsAnswer(
        @JsonProperty(required = true) String account,
        @JsonProperty(required = true) boolean enabled,
        @JsonProperty(required = true) long version,
        @JsonProperty(required = true) String mode,
        Optional<String> primaryAddress,
        @JsonProperty(required = true) List<Address> addresses,
        @JsonProperty(required = true) List<Domain> domains) {

    record Address(
            @JsonProperty(required = true) String address,
            @JsonProperty(required = true) String use,
            @JsonProperty(required = true) String source,
            Optional<String> grantId,
            Optional<Instant> validFrom,
            Optional<Instant> validUntil) {
        private AllowedAddress toAllowedAddress() {
            return new AllowedAddress(
                    address,
                    byWord(Use.values(), Use::word, use),
                    byWord(Source.values(), Source::word, source),
                    grantId,
                    validFrom,
                    validUntil);
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

    /** @throws IllegalArgumentException when a word of it is not known here */
    public Originators toOriginators() {
        return new Originators(
                account,
                enabled ? AccountState.ENABLED : AccountState.DISABLED,
                version,
                byWord(Mode.values(), Mode::word, mode),
                primaryAddress,
                new AddressBook(
                        addresses.stream().map(Address::toAllowedAddress).toList(),
                        domains.stream().map(Domain::toSettings).toList()));
    }

    private static <E> E byWord(E[] values, Function<E, String> word, String wanted) {
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown word " + wanted));
    }
}
