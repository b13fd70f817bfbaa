package org.signetmail.directory.address;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signetmail.directory.problem.Refused;

/** The addresses that an owner is to have, as they compare. */
public final class AddressClaim {
    private AddressClaim() {}

    /**
     * Returns their canonical forms, in their order.
     *
     * @param owner as {@link AddressStore#owners} names it
     * @param owners owner by canonical address
     * @param caseSensitive domains whose local parts distinguish case
     * @throws Refused when one is given twice or belongs to somebody else
     */
    public static List<String> check(
            String owner, List<Address> addresses, Map<String, String> owners, Set<String> caseSensitive) {
        var places = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < addresses.size(); i++) {
            String canonical = canonical(addresses.get(i), caseSensitive).toString();
            if (places.put(canonical, i) != null) {
                throw Refused.invalid(AddressBody.field(i), "This address is given twice");
            }
        }
        places.forEach((canonical, i) -> {
            if (!owner.equals(owners.getOrDefault(canonical, owner))) {
                throw Refused.conflict(AddressBody.field(i), "Another account or group has the address " + canonical);
            }
        });
        return List.copyOf(places.keySet());
    }

    private static CanonicalAddress canonical(Address address, Set<String> caseSensitive) {
        CanonicalAddress folded = CanonicalAddress.of(address.address(), false).orElseThrow();
        return caseSensitive.contains(folded.domain())
                ? CanonicalAddress.of(address.address(), true).orElseThrow()
                : folded;
    }
}
