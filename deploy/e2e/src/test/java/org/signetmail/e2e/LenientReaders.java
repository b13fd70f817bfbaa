package org.signetmail.e2e;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.util.ByteSequence;

/**
 * Whom a message is from in the eyes of readers that were not made here and that take more than RFC 5322 allows: Angus Mail
 * and Apache James' mime4j.
 */
final class LenientReaders {
    private static final List<String> ORIGINATORS = List.of("From", "Sender", "Resent-From", "Resent-Sender");
    private static final Session SESSION = Session.getInstance(new Properties());

    private LenientReaders() {}

    /** Every originator that one of them sees, in lower case and unquoted. */
    static Set<String> originators(byte[] message) {
        var seen = new TreeSet<String>();
        try {
            angus(message, seen);
            mime4j(message, seen);
        } catch (MessagingException | MimeException | IOException e) {
            throw new AssertionError("A message that was accepted cannot be read", e);
        }
        return seen;
    }

    private static void angus(byte[] message, Set<String> seen) throws MessagingException {
        var read = new MimeMessage(SESSION, new ByteArrayInputStream(message));
        for (String name : ORIGINATORS) {
            String[] values = read.getHeader(name);
            for (String value : values == null ? new String[0] : values) {
                for (InternetAddress address : parsed(value)) {
                    seen.add(plain(address.getAddress()));
                }
            }
        }
    }

    /** As leniently as it can; what even so is no list of addresses shows nobody anything. */
    private static InternetAddress[] parsed(String value) {
        try {
            return InternetAddress.parseHeader(value, false);
        } catch (AddressException e) {
            return new InternetAddress[0];
        }
    }

    private static void mime4j(byte[] message, Set<String> seen) throws IOException, MimeException {
        var tokens = new MimeTokenStream(MimeConfig.PERMISSIVE);
        tokens.parse(new ByteArrayInputStream(message));
        EntityState state = tokens.getState();
        while (state != EntityState.T_END_HEADER && state != EntityState.T_END_OF_STREAM) {
            if (state == EntityState.T_FIELD && isOriginator(tokens.getField().getName())) {
                Field field = tokens.getField();
                LenientAddressParser.DEFAULT.parseAddressList(field.getRaw(), body(field)).flatten().stream()
                        .map(Mailbox::getAddress)
                        .forEach(address -> seen.add(plain(address)));
            }
            state = tokens.next();
        }
    }

    private static boolean isOriginator(String name) {
        return ORIGINATORS.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** From behind the colon; over octets, since what takes a text counts its characters for octets. */
    private static ParserCursor body(Field field) {
        ByteSequence raw = field.getRaw();
        int colon = 0;
        while (raw.byteAt(colon) != ':') {
            colon++;
        }
        return new ParserCursor(colon + 1, raw.length());
    }

    private static String plain(String address) {
        int at = address.lastIndexOf('@');
        String localPart = at < 0 ? address : address.substring(0, at);
        if (localPart.length() > 1 && localPart.startsWith("\"") && localPart.endsWith("\"")) {
            localPart = localPart.substring(1, localPart.length() - 1);
        }
        localPart = localPart.replaceAll("\\\\([\"\\\\])", "$1"); // mime4j takes the quotes away and leaves these
        return (localPart + (at < 0 ? "" : address.substring(at))).toLowerCase(Locale.ROOT);
    }
}
