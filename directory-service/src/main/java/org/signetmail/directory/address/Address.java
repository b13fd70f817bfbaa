package org.signetmail.directory.address;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** An address of an account, in the form in which it was given. */
public record Address(String address, boolean primary) {
    /** The canonical domains of these. */
    public static Set<String> domains(Collection<Address> addresses) {
        return addresses.stream()
                .map(one ->
                        CanonicalAddress.of(one.address(), false).orElseThrow().domain())
                .collect(Collectors.toSet());
    }
}
