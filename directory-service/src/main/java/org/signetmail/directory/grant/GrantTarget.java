package org.signetmail.directory.grant;

import java.util.Optional;
import org.signetmail.directory.address.AddressSyntax;
import org.signetmail.directory.address.CanonicalAddress;
import org.signetmail.directory.address.CanonicalDomain;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.group.GroupName;
import org.signetmail.directory.group.Party;
import org.signetmail.directory.problem.Refused;

/** What a grant gives: one address, every address of a domain, or whatever addresses an account or a group has. */
public sealed interface GrantTarget {
    String ACCOUNT = "account:";
    String WILDCARD = "*@";

    /** One address, as given, and its canonical form regardless of case, by which it is looked up. */
    record OfAddress(String text, CanonicalAddress canonical) implements GrantTarget {
        @Override
        public String key() {
            return canonical.toString();
        }
    }

    /** {@code *@domain}: the domain itself, not those below it. */
    record OfDomain(String text, String name) implements GrantTarget {
        @Override
        public String key() {
            return WILDCARD + name;
        }
    }

    /** {@code account:login}: the account's own addresses at any time, never what was granted to it. */
    record OfAccount(Login login) implements GrantTarget {
        @Override
        public String text() {
            return ACCOUNT + login;
        }

        @Override
        public String key() {
            return text();
        }
    }

    /** {@code group:name}: the group's own addresses at any time, never those of its members. */
    record OfGroup(GroupName name) implements GrantTarget {
        @Override
        public String text() {
            return Party.GROUP + name;
        }

        @Override
        public String key() {
            return text();
        }
    }

    /** As people read it. */
    String text();

    /** As it is compared. */
    String key();

    /** @throws Refused when the text is none of the four */
    static GrantTarget parse(String text) {
        if (text == null) {
            throw Refused.invalid("target", "A target is required: an address, *@domain, account:login or group:name");
        }
        if (text.startsWith(ACCOUNT)) {
            return new OfAccount(Login.of(text.substring(ACCOUNT.length()))
                    .orElseThrow(() -> Refused.invalid("target", "What follows account: is no login")));
        }
        if (text.startsWith(Party.GROUP)) {
            return new OfGroup(GroupName.of(text.substring(Party.GROUP.length()))
                    .orElseThrow(() -> Refused.invalid("target", "What follows group: is no name of a group")));
        }
        if (text.startsWith(WILDCARD) && text.lastIndexOf('@') == 1) {
            return new OfDomain(
                    text,
                    CanonicalDomain.of(text.substring(WILDCARD.length()))
                            .orElseThrow(() -> Refused.invalid("target", "What follows *@ is no valid domain")));
        }
        AddressSyntax.check(text, "target");
        return new OfAddress(text, CanonicalAddress.of(text, false).orElseThrow());
    }

    default Optional<String> domain() {
        return switch (this) {
            case OfAddress address -> Optional.of(address.canonical().domain());
            case OfDomain wildcard -> Optional.of(wildcard.name());
            case OfAccount account -> Optional.empty();
            case OfGroup group -> Optional.empty();
        };
    }

    /** Whose addresses they are, where it is not said which. */
    default Optional<Party> party() {
        return switch (this) {
            case OfAccount account -> Optional.of(new Party.OfAccount(account.login()));
            case OfGroup group -> Optional.of(new Party.OfGroup(group.name()));
            case OfAddress address -> Optional.empty();
            case OfDomain wildcard -> Optional.empty();
        };
    }
}
