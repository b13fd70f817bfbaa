package org.signetmail.directory.changes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/** The event directory-change.v1 of the contract: something changed, or, as a heartbeat, all before {@code at} is out. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DirectoryChange(
        Kind kind,
        Optional<String> account,
        Optional<String> domain,
        Optional<String> group,
        long version,
        Instant at) {
    /** What changed, if anything did. */
    public enum Kind {
        @JsonProperty("account")
        ACCOUNT,
        @JsonProperty("domain")
        DOMAIN,
        /** Of many accounts below a group: as much as a change of all. */
        @JsonProperty("group")
        GROUP,
        @JsonProperty("heartbeat")
        HEARTBEAT
    }

    static DirectoryChange ofAccount(String login, long version, Instant at) {
        return new DirectoryChange(Kind.ACCOUNT, Optional.of(login), Optional.empty(), Optional.empty(), version, at);
    }

    static DirectoryChange ofDomain(String name, long version, Instant at) {
        return new DirectoryChange(Kind.DOMAIN, Optional.empty(), Optional.of(name), Optional.empty(), version, at);
    }

    static DirectoryChange ofGroup(String name, long version, Instant at) {
        return new DirectoryChange(Kind.GROUP, Optional.empty(), Optional.empty(), Optional.of(name), version, at);
    }

    static DirectoryChange heartbeat(long version, Instant at) {
        return new DirectoryChange(Kind.HEARTBEAT, Optional.empty(), Optional.empty(), Optional.empty(), version, at);
    }

    /** The record's key, by which the topic is compacted; a login has no {@code *}. */
    String key() {
        return switch (kind) {
            case ACCOUNT -> account.orElseThrow();
            case DOMAIN -> "*domain:" + domain.orElseThrow();
            case GROUP -> "*group:" + group.orElseThrow();
            case HEARTBEAT -> "*heartbeat";
        };
    }
}
