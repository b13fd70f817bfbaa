package org.signetmail.edge.submission;

import java.util.List;

/**
 * One mailbox of an originator field.
 *
 * @param address {@code local-part@domain}, local part unquoted
 * @param texts what mail programs show instead of the address, encoded-words not yet decoded: display name, comments
 */
record Mailbox(String address, List<String> texts) {
    Mailbox {
        texts = List.copyOf(texts);
    }
}
