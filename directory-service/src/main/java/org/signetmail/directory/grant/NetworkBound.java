package org.signetmail.directory.grant;

import java.util.List;
import java.util.TreeSet;
import org.signetmail.directory.network.Network;
import org.signetmail.directory.problem.Refused;

/** The networks that a grant is bound to, each once, in one form and order, so that the same bound is known as the same. */
final class NetworkBound {
    private static final int MOST = 100;

    private NetworkBound() {}

    /** @throws Refused when one is no network, or there are none: a bound that nothing meets is a mistake */
    static List<String> check(List<String> given) {
        if (given.isEmpty() || given.size() > MOST) {
            throw Refused.invalid("networks", "1 to " + MOST + " networks are named, or the field is left out");
        }
        var bound = new TreeSet<String>();
        for (int i = 0; i < given.size(); i++) {
            bound.add(Network.checked(given.get(i), "networks[" + i + "]"));
        }
        return List.copyOf(bound);
    }
}
