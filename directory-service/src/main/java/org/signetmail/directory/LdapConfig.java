package org.signetmail.directory;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where accounts are read from; without servers nothing is. */
public interface LdapConfig {
    /** Servers as ldaps://host or ldap://host, the next one asked when the one before does not answer. */
    Optional<List<String>> urls();

    /** Lets ldap:// go without StartTLS, for a loopback. */
    @WithDefault("false")
    boolean allowPlaintext();

    /** Who reads; without it the reader is anonymous. */
    Optional<String> bindDn();

    /** Password of the reader. */
    Optional<String> bindPassword();

    /** Longest wait for a connection. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** Longest wait for an answer. */
    @WithDefault("30s")
    Duration responseTimeout();

    /** Longest wait for the answer to a password, of which a mail program waits. */
    @WithDefault("5s")
    Duration passwordTimeout();

    /** Subtrees that are read, separated by semicolons. */
    Optional<String> bases();

    /** Which entries are accounts. */
    @WithDefault("(|(mail=*)(proxyAddresses=*))")
    String filter();

    /** Which entries are groups. */
    @WithDefault("(|(objectClass=group)(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))")
    String groupFilter();

    /** Entries a page (RFC 2696). */
    @WithDefault("500")
    int pageSize();

    /** Time between two looks for what changed. */
    @WithDefault("60s")
    Duration interval();

    /** Time between two readings of everything, which find deletions and put right what was changed here. */
    @WithDefault("15m")
    Duration sweepInterval();

    /** Percentage of the addresses from LDAP beyond which a change that withdraws them waits for confirmation. */
    @WithDefault("5")
    int withdrawalLimit();

    /** Takes over an account that exists already under the same login; else it is left alone and reported. */
    @WithDefault("false")
    boolean adopt();

    /** Has LDAP check the passwords of the accounts that come from it. */
    @WithDefault("true")
    boolean checkPasswords();

    /** Names of attributes; of several the first that an entry has counts. */
    Attributes attributes();

    /** The mapping of entries. */
    interface Attributes {
        /** What identifies an entry for good. */
        @WithDefault("objectGUID,entryUUID")
        List<String> id();

        /** The login. */
        @WithDefault("sAMAccountName,uid")
        List<String> login();

        /** The display name. */
        @WithDefault("displayName,cn")
        List<String> displayName();

        /** The primary address, unless there is an SMTP: one; further values are secondary. */
        @WithDefault("mail")
        List<String> mail();

        /** Addresses as SMTP:primary and smtp:secondary; other kinds are passed over. */
        @WithDefault("proxyAddresses")
        List<String> proxyAddresses();

        /** Members of a group. */
        @WithDefault("member,uniqueMember")
        List<String> member();

        /** Who may send on behalf of the entry: names of accounts or groups. */
        @WithDefault("publicDelegates")
        List<String> sendOnBehalf();

        /** Who may send as the entry: names of accounts or groups. */
        Optional<List<String>> sendAs();
    }
}
