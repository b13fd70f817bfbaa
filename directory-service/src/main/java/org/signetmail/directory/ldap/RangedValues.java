package org.signetmail.directory.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Active Directory gives no more than some thousand values of an attribute at once, under a name such as
 * {@code member;range=0-1499}, and under {@code member} none (MS-ADTS 3.1.1.3.1.3.3). This asks for the rest.
 */
final class RangedValues {
    private static final Pattern RANGED = Pattern.compile("([^;]+);range=\\d+-(\\d+|\\*)", Pattern.CASE_INSENSITIVE);

    /** A part of an attribute's values. */
    private record Part(String name, String end, Attribute values) {
        boolean last() {
            return end.equals("*");
        }
    }

    private final LDAPConnection connection;

    RangedValues(LDAPConnection connection) {
        this.connection = connection;
    }

    /** The entry with every value of every attribute. */
    Entry whole(Entry entry) throws LDAPException {
        Entry whole = entry.duplicate();
        for (Attribute attribute : entry.getAttributes()) {
            Optional<Part> part = part(attribute);
            while (part.isPresent()) {
                whole.addAttribute(
                        new Attribute(part.get().name(), part.get().values().getRawValues()));
                part = part.get().last() ? Optional.empty() : Optional.of(next(entry.getDN(), part.get()));
            }
        }
        return whole;
    }

    private Part next(String dn, Part before) throws LDAPException {
        long start = Long.parseLong(before.end()) + 1;
        Entry answer = connection.getEntry(dn, before.name() + ";range=" + start + "-*");
        if (answer == null) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, dn + " went away while it was read");
        }
        return answer.getAttributes().stream()
                .flatMap(attribute -> part(attribute).stream())
                .findFirst()
                .orElseThrow(() -> new LDAPException(
                        ResultCode.NO_RESULTS_RETURNED, dn + " has no values of " + before.name() + " from " + start));
    }

    private static Optional<Part> part(Attribute attribute) {
        Matcher name = RANGED.matcher(attribute.getName());
        return name.matches() ? Optional.of(new Part(name.group(1), name.group(2), attribute)) : Optional.empty();
    }
}
