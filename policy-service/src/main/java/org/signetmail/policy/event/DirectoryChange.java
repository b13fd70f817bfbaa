package org.signetmail.policy.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code directory-change.v1}: something that may alter which originators an account may use; or the heartbeat, which
 * says that every change committed before {@code at} has been published.
 *
 * @param account with kind account
 * @param domain with kind domain; concerns every account
 * @param group with kind group: many accounts below it are concerned, and taken for every account
 */
public record DirectoryChange(
        Kind kind,
        Optional<String> account,
        Optional<String> domain,
        Optional<String> group,
        long version,
        Instant at) {
    public enum Kind {
        @JsonProperty("account")
        ACCOUNT,
        @JsonProperty("domain")
        DOMAIN,
        @JsonProperty("group")
        GROUP,
        @JsonProperty("heartbeat")
        HEARTBEAT
    }

    public DirectoryChange {
        Required.field(kind, "kind");
        Required.field(at, "at");
        if (kind == Kind.ACCOUNT && account.isEmpty()) {
            throw new IllegalArgumentException("A change of an account without its login");
        }
    }
}
