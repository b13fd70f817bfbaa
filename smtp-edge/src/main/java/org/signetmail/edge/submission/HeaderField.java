package org.signetmail.edge.submission;

import java.nio.charset.Charset;

/**
 * Where one header field stands in its message; offsets are octets from the start of the message.
 *
 * @param start first octet of the name
 * @param valueStart first octet behind the colon
 * @param end first octet behind the CRLF that ends the field
 */
public record HeaderField(String name, int start, int valueStart, int end) {
    private static final int CRLF_LENGTH = 2;

    /** Field names compare without regard to case (RFC 5322 1.2.2). */
    public boolean is(String otherName) {
        return name.equalsIgnoreCase(otherName);
    }

    /** The value on one line: folds lose their CRLF and keep their white space (RFC 5322 2.2.3). */
    public String unfolded(byte[] message, Charset charset) {
        return new String(message, valueStart, end - CRLF_LENGTH - valueStart, charset).replace("\r\n", "");
    }
}
