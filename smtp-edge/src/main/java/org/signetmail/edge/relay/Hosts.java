package org.signetmail.edge.relay;

import java.util.List;
import org.signetmail.edge.mx.Dns;
import org.signetmail.edge.mx.MailHosts;

/** Where the mail of a destination goes now. */
interface Hosts {
    /**
     * One at least; those of the lowest priority first, sharing by weight (RFC 2782).
     *
     * @throws Dns.Unavailable when they cannot be found now
     * @throws MailHosts.None when there are none, nor will be
     */
    List<HopSettings> now() throws Dns.Unavailable, MailHosts.None;
}
