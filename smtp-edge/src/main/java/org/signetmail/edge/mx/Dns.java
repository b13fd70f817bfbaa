package org.signetmail.edge.mx;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Record;

/** Questions to the DNS. */
public interface Dns {
    /**
     * What is there of a type under a name; aliases are followed.
     *
     * @param name without the final dot
     * @param type of {@link org.xbill.DNS.Type}
     * @throws Unavailable when there is no answer, which may be otherwise later
     */
    Answer ask(String name, int type) throws Unavailable;

    /**
     * @param exists whether the name does, with whatever type
     * @param secure whether a validating resolver that we trust says that this is what the zone's owner signed
     * @param ttl how long it stays true
     */
    record Answer(boolean exists, boolean secure, List<Record> records, Duration ttl) {
        public Answer {
            records = List.copyOf(records);
        }

        <R extends Record> List<R> of(Class<R> type) {
            return records.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    /** No answer: no server, no time, or a server that cannot tell (RFC 2308 7). */
    final class Unavailable extends IOException {
        private static final long serialVersionUID = 1;

        Unavailable(String message) {
            super(message);
        }

        Unavailable(String message, IOException cause) {
            super(message, cause);
        }
    }
}
