package org.signetmail.directory.originator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.domain.Mode;
import org.signetmail.directory.grant.GrantType;

/**
 * All that policy-service needs to know of an account. Grants that have ended are left out; those to come are in.
 *
 * @param version grows with every change of anything in here
 * @param mode the account's own, else that of the primary address's domain
 * @param domains each registered domain that occurs in addresses
 * @param credentials every application password, expired ones too: one that is missing was revoked (decision 41)
 * @param suspended why the account may not submit, if it may not
 */
public record Originators(
        String account,
        boolean enabled,
        long version,
        Mode mode,
        Optional<String> primaryAddress,
        List<Originator> addresses,
        List<DomainRule> domains,
        List<CredentialBounds> credentials,
        Optional<Suspended> suspended) {
    /**
     * An address, or {@code *@domain}, as it was written; policy-service compares canonical forms. A grant that is bound
     * to several credentials is several of these.
     *
     * @param through the groups by which the grant comes, from the one that the account is a member of up to the grantee
     * @param networks where it counts, as CIDR; absent: anywhere
     * @param credential the application password with which alone it counts
     */
    public record Originator(
            String address,
            Use use,
            Source source,
            Optional<String> grantId,
            Optional<List<String>> through,
            Optional<Instant> validFrom,
            Optional<Instant> validUntil,
            Optional<List<String>> networks,
            Optional<String> credential) {
        static Originator own(String address, Source source) {
            return new Originator(
                    address,
                    Use.OWN,
                    source,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** How local parts of a domain are compared. */
    public record DomainRule(String domain, Optional<String> subaddressDelimiter, boolean caseSensitiveLocalPart) {}

    /**
     * What a sign-in with an application password is bound to.
     *
     * @param addresses absent: all of the account's
     * @param networks absent: from anywhere
     */
    public record CredentialBounds(
            String id,
            Optional<List<String>> addresses,
            Optional<List<String>> networks,
            Optional<Instant> validUntil) {}

    /** @param reason what people read */
    public record Suspended(Instant since, String reason) {}

    /** What an address may be used for. */
    public enum Use {
        @JsonProperty("own")
        OWN,
        @JsonProperty("send-as")
        SEND_AS,
        @JsonProperty("send-on-behalf")
        SEND_ON_BEHALF;

        static Use of(GrantType type) {
            return switch (type) {
                case SEND_AS -> SEND_AS;
                case SEND_ON_BEHALF -> SEND_ON_BEHALF;
            };
        }
    }

    /** Why an address may be used. */
    public enum Source {
        @JsonProperty("primary")
        PRIMARY,
        @JsonProperty("secondary")
        SECONDARY,
        @JsonProperty("grant")
        GRANT
    }
}
