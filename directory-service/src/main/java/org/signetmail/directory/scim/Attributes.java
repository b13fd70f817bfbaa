package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which attributes a client wants to read (RFC 7644 section 3.9), as wholes: who asks for a part of one gets all of it.
 *
 * @param only in lower case; absent where all are wanted
 */
record Attributes(Optional<Set<String>> only, Set<String> without) {
    static final Attributes ALL = new Attributes(Optional.empty(), Set.of());

    private static final Set<String> ALWAYS = Set.of("schemas", "id");

    static Attributes of(Optional<String> attributes, Optional<String> excluded) {
        return new Attributes(
                attributes.map(Attributes::names),
                excluded.map(Attributes::names).orElse(Set.of()));
    }

    boolean wants(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ALWAYS.contains(lower)
                || (only.map(names -> names.contains(lower)).orElse(true) && !without.contains(lower));
    }

    ObjectNode of(ObjectNode resource) {
        resource.properties().removeIf(attribute -> !wants(attribute.getKey()));
        return resource;
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                // urn:ietf:params:scim:schemas:core:2.0:Group:members is members; name.givenName is a part of name
                .map(name -> name.substring(name.lastIndexOf(':') + 1).replaceFirst("\\..*", ""))
                .collect(Collectors.toSet());
    }
}
