package org.signetmail.edge.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.jdkim.api.Headers;

/**
 * The header of a message as it stands, for canonicalisation: fields with their folds, as written.
 *
 * @param length octets up to the empty line, or the whole message if there is none
 */
record HeaderFields(List<String> fields, int length) implements Headers {

    /** @throws CharacterCodingException when it is no UTF-8: the library would sign other octets than those of the message */
    static HeaderFields of(byte[] message) throws CharacterCodingException {
        int length = length(message);
        String header =
                UTF_8.newDecoder().decode(ByteBuffer.wrap(message, 0, length)).toString();
        var fields = new ArrayList<String>();
        for (int begin = 0; begin < header.length(); ) {
            int end = endOfField(header, begin);
            fields.add(header.substring(begin, end));
            begin = end + 2;
        }
        return new HeaderFields(List.copyOf(fields), length);
    }

    /** RFC 5322 2.1: the header ends at the first empty line. */
    private static int length(byte[] message) {
        if (message.length >= 2 && message[0] == '\r' && message[1] == '\n') {
            return 0;
        }
        for (int i = 0; i + 3 < message.length; i++) {
            if (message[i] == '\r' && message[i + 1] == '\n' && message[i + 2] == '\r' && message[i + 3] == '\n') {
                return i + 2;
            }
        }
        return message.length;
    }

    /** RFC 5322 2.2.3: behind a fold the field goes on. */
    private static int endOfField(String header, int begin) {
        int end = header.indexOf("\r\n", begin);
        while (end >= 0 && end + 2 < header.length() && isBlank(header.charAt(end + 2))) {
            end = header.indexOf("\r\n", end + 2);
        }
        return end < 0 ? header.length() : end;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    @Override
    public List<String> getFields() {
        return fields;
    }

    @Override
    public List<String> getFields(String name) {
        return fields.stream()
                .filter(field ->
                        field.indexOf(':') == name.length() && field.regionMatches(true, 0, name, 0, name.length()))
                .toList();
    }
}
