package org.signetmail.directory.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.directory.parts.LdapServer;

/** Groups with more members than the server gives at once. */
class RangedValuesTest {
    private static final int MOST = 10;
    private static final String GROUP = "cn=large," + LdapServer.BASE;

    /** Gives members as Active Directory does: at most so many, and says which. */
    private static final class Ranging extends InMemoryOperationInterceptor {
        private static final Pattern WANTED = Pattern.compile("member;range=(\\d+)-\\*");
        private final List<String> members;
        private boolean shrinks;

        private Ranging(List<String> members) {
            this.members = members;
        }

        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry answer) {
            Entry entry = answer.getSearchEntry().duplicate();
            int start = answer.getRequest().getAttributeList().stream()
                    .map(WANTED::matcher)
                    .filter(Matcher::matches)
                    .mapToInt(wanted -> Integer.parseInt(wanted.group(1)))
                    .findFirst()
                    .orElse(0);
            int end = Math.min(members.size(), start + MOST);
            boolean all = end == members.size();
            entry.removeAttribute("member");
            if (!(shrinks && start > 0)) {
                String name = start == 0 && all ? "member" : "member;range=" + start + "-" + (all ? "*" : end - 1);
                entry.addAttribute(name, members.subList(start, end));
            }
            answer.setSearchEntry(entry);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 11, 20, 25})
    void allValuesAreRead(int count) throws LDAPException {
        var server = new Ranging(members(count));
        assertEquals(server.members, read(server));
    }

    @Test
    void whatEndsInBetweenIsNotTakenForTheWhole() {
        var server = new Ranging(members(25));
        server.shrinks = true;
        assertThrows(LDAPException.class, () -> read(server));
    }

    private static List<String> members(int count) {
        return IntStream.range(0, count).mapToObj(i -> LdapServer.dn("u" + i)).toList();
    }

    private static List<String> read(Ranging ranging) throws LDAPException {
        try (LdapServer server = LdapServer.start(ranging);
                var connection =
                        new LDAPConnection("127.0.0.1", server.port(), LdapServer.ADMIN, LdapServer.PASSWORD)) {
            server.add("cn", "large", new Attribute("description", "A group"));
            Entry entry = connection.getEntry(GROUP, "member");
            return List.of(new RangedValues(connection).whole(entry).getAttributeValues("member"));
        }
    }
}
