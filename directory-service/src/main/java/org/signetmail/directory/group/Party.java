package org.signetmail.directory.group;

import java.util.Optional;
import org.signetmail.directory.credential.Login;

/** Who may be a member of a group, or be given a grant: an account, written as its login, or {@code group:name}. */
public sealed interface Party {
    String GROUP = "group:";

    record OfAccount(Login login) implements Party {
        @Override
        public String toString() {
            return login.text();
        }
    }

    record OfGroup(GroupName name) implements Party {
        @Override
        public String toString() {
            return GROUP + name;
        }
    }

    /** Empty when the text is neither. No login has a colon. */
    static Optional<Party> of(String text) {
        return text.startsWith(GROUP)
                ? GroupName.of(text.substring(GROUP.length())).map(OfGroup::new)
                : Login.of(text).map(OfAccount::new);
    }

    default Optional<String> account() {
        return switch (this) {
            case OfAccount(Login login) -> Optional.of(login.text());
            case OfGroup group -> Optional.empty();
        };
    }

    default Optional<String> group() {
        return switch (this) {
            case OfAccount account -> Optional.empty();
            case OfGroup(GroupName name) -> Optional.of(name.text());
        };
    }
}
