package org.signetmail.directory.ldap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Entries of a company by the thousand, as LDIF: people with two addresses each, and for each hundred of them a group of
 * ten, which may send on behalf of one of them. They were modified a minute apart, as people are.
 */
record Company(int people) {
    private static final int GROUP = 100;
    private static final int MEMBERS = 10;
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    Path write(Path ldif) throws IOException {
        Instant modified = Instant.now().minusSeconds(60L * people);
        try (var out = Files.newBufferedWriter(ldif)) {
            out.write("dn: %s\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: E\n\n"
                    .formatted(Slapd.BASE));
            for (int i = 0; i < people; i++) {
                String at = TIMESTAMP.format(modified.plusSeconds(60L * i));
                out.write(person(i, at));
                if (i % GROUP == GROUP - 1) {
                    out.write(group(i / GROUP, at));
                }
            }
        }
        return ldif;
    }

    /** How many grants follow from the groups. */
    int grants() {
        return people / GROUP * (MEMBERS - 1); // one of the members is the one that the grant is on
    }

    String login(int i) {
        return "u" + i;
    }

    String address(int i) {
        return "u" + i + "@ldap.test";
    }

    String secondAddress(int i) {
        return "user." + i + "@ldap.test";
    }

    /** Gives somebody one more address. */
    String alias(int i, String address) {
        return modify(i, "proxyAddresses", "smtp:" + address);
    }

    /** Lets somebody send on behalf of somebody. */
    String delegate(int i, int delegate) {
        return modify(i, "publicDelegates", dn(delegate));
    }

    private String modify(int i, String attribute, String value) {
        return "dn: %s\nchangetype: modify\nadd: %2$s\n%2$s: %3$s\n\n".formatted(dn(i), attribute, value);
    }

    private String person(int i, String modified) {
        String delegates = i % GROUP == 0 ? "publicDelegates: cn=g" + i / GROUP + "," + Slapd.BASE + "\n" : "";
        return "dn: %s\nobjectClass: inetOrgPerson\nobjectClass: mailUser\nuid: %s\ncn: User %d\nsn: %3$d\nmail: %4$s\n"
                        .formatted(dn(i), login(i), i, address(i))
                + "proxyAddresses: SMTP:%s\nproxyAddresses: smtp:%s\nmodifyTimestamp: %s\n%s\n"
                        .formatted(address(i), secondAddress(i), modified, delegates);
    }

    private String group(int number, String modified) {
        var group = new StringBuilder("dn: cn=g%1$d,%2$s\nobjectClass: groupOfNames\ncn: g%1$d\nmodifyTimestamp: %3$s\n"
                .formatted(number, Slapd.BASE, modified));
        for (int i = 0; i < MEMBERS; i++) {
            group.append("member: ").append(dn(number * GROUP + i)).append('\n');
        }
        return group.append('\n').toString();
    }

    private String dn(int i) {
        return "uid=" + login(i) + "," + Slapd.BASE;
    }
}
