package org.signetmail.local.dialogue;

import java.util.Arrays;

/** One thing that a dialogue does. */
public sealed interface Step {
    /** Line of the script, for messages. */
    int line();

    /** The client sends octets. */
    record Send(int line, byte[] octets) implements Step {
        @Override
        public boolean equals(Object other) {
            return other instanceof Send send && line == send.line && Arrays.equals(octets, send.octets);
        }

        @Override
        public int hashCode() {
            return 31 * line + Arrays.hashCode(octets);
        }
    }

    /** The server says a line; three digits stand for a whole reply of that code, a final "..." for any rest. */
    record Expect(int line, String reply) implements Step {}

    /** The server hangs up. */
    record ExpectClose(int line) implements Step {}

    /** Both negotiate TLS. */
    record StartTls(int line) implements Step {}
}
