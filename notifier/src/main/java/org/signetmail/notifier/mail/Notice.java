package org.signetmail.notifier.mail;

import java.time.Instant;
import java.util.Arrays;

/**
 * A mail of ours, ready to go: null sender, one recipient.
 *
 * @param id key and {@code ce_id} of its record, and left side of its Message-ID
 * @param recipient local-part@domain, the local part unquoted
 * @param smtputf8 whether the recipient needs SMTPUTF8 (RFC 6531)
 * @param mail RFC 5322 octets, every line ending in CRLF
 */
public record Notice(String id, NoticeKind kind, String recipient, boolean smtputf8, Instant writtenAt, Octets mail) {
    /** Octets that compare by content. */
    public record Octets(byte[] value) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Octets octets && Arrays.equals(value, octets.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return value.length + " octets";
        }
    }
}
