package org.signetmail.edge.submission;

import java.util.List;

/** What the strict reading of a submitted header gave: unambiguous facts, or the first reason why there are none. */
public sealed interface Header {

    /** A header that every strict reader reads alike; {@code fields} in the order of the message. */
    record Parsed(Originators originators, List<HeaderField> fields) implements Header {
        public Parsed {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A header that is refused as it stands.
     *
     * @param field name of the field at fault, or {@code header} when it is none in particular
     * @param detail short sentence for the client, printable ASCII, without any octet of the message
     * @param closesConnection whether to hang up behind the refusal: control characters smell of smuggling
     */
    record Malformed(String field, String detail, boolean closesConnection) implements Header {
        static final String WHOLE = "header";
    }
}
