package org.signetmail.edge.mx;

import java.time.Duration;
import java.util.List;

/**
 * The hosts of a domain, in the order in which they are to be tried.
 *
 * @param ttl how long that stays true
 */
public record MailHosts(List<MailHost> hosts, Duration ttl) {
    public MailHosts {
        hosts = List.copyOf(hosts);
    }

    /** The domain takes no mail, and will not later. */
    public static final class None extends Exception {
        private static final long serialVersionUID = 1;
        private final String status;

        /** @param status RFC 3463 */
        public None(String status, String message) {
            super(message);
            this.status = status;
        }

        public String status() {
            return status;
        }
    }
}
