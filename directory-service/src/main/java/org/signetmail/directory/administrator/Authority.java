package org.signetmail.directory.administrator;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.signetmail.directory.problem.Refused;

/** How far a caller may see, or may write: everywhere, or only what lies wholly within their domains. */
public sealed interface Authority {
    record Everywhere() implements Authority {}

    /** The canonical domains that the caller administers. */
    record Within(Set<String> domains) implements Authority {}

    /** The domains that a query is confined to; empty when to none. */
    default Optional<Set<String>> confinement() {
        return switch (this) {
            case Everywhere everywhere -> Optional.empty();
            case Within(Set<String> domains) -> Optional.of(domains);
        };
    }

    /** Whether something is within it that has addresses in these domains; what has none is in nobody's domain. */
    default boolean covers(Collection<String> owned) {
        return switch (this) {
            case Everywhere everywhere -> true;
            case Within(Set<String> domains) -> !owned.isEmpty() && domains.containsAll(owned);
        };
    }

    /** What is found and within it; 404 in the same words when it is not there and when it is somebody else's. */
    default <T> T find(Optional<T> found, Function<T, Collection<String>> domains, String what) {
        return found.filter(one -> covers(domains.apply(one)))
                .orElseThrow(() -> Refused.notFound(
                        what + confinement().map(Authority::words).orElse("")));
    }

    /** @throws Refused (403) when it does not cover what has addresses in these domains */
    default void require(Collection<String> owned, String what, String field) {
        if (!covers(owned)) {
            throw Refused.forbidden(
                    field,
                    what + " is not" + confinement().map(Authority::words).orElse(""));
        }
    }

    /** Says where one is confined to. */
    static String words(Set<String> domains) {
        return domains.isEmpty()
                ? " wholly within your domains: you administer none"
                : " wholly within the domains that you administer: " + String.join(", ", new TreeSet<>(domains));
    }
}
