package org.signetmail.directory.ldap;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.credential.Login;

/**
 * An entry as it was read.
 *
 * @param id what stays the same when the entry is renamed or moved
 * @param dn normalised
 * @param person absent of a group
 * @param faults what of it could not be used
 */
record LdapEntry(String id, String dn, Optional<Person> person, Set<Link> links, List<String> faults) {
    /** The login of the account that it is; absent of a group. */
    Optional<String> account() {
        return person.map(found -> found.login().text());
    }

    /** What becomes an account. */
    record Person(Login login, Optional<String> displayName, boolean enabled, List<Address> addresses) {}

    /** A name that the entry holds: of a member, or of who may use its addresses. */
    record Link(Kind kind, String dn) {}

    /** What a name in an entry means. */
    enum Kind {
        MEMBER("member"),
        SEND_AS("send-as"),
        SEND_ON_BEHALF("send-on-behalf");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Reads what the database's check constraint lets in. */
        static Kind of(String text) {
            for (Kind kind : values()) {
                if (kind.text.equals(text)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("No link is called " + text);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
