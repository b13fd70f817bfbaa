package org.signetmail.directory.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.signetmail.directory.LdapConfig;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressSyntax;
import org.signetmail.directory.address.CanonicalAddress;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.ldap.LdapEntry.Kind;
import org.signetmail.directory.ldap.LdapEntry.Link;
import org.signetmail.directory.ldap.LdapEntry.Person;
import org.signetmail.directory.problem.Refused;

/** Makes of an entry what Signet keeps of it. Plain Java: knows the configuration and nothing else. */
final class EntryMapping {
    static final String USN = "uSNChanged";
    static final String MODIFIED = "modifyTimestamp";
    private static final String ACCOUNT_CONTROL = "userAccountControl";
    // MS-ADTS 2.2.16: the bit D of userAccountControl.
    private static final int ACCOUNT_DISABLED = 2;
    private static final String SMTP = "smtp:";
    private static final String PRIMARY = "SMTP:";
    private static final int LONGEST_NAME = 256;

    private final LdapConfig.Attributes names;

    EntryMapping(LdapConfig.Attributes names) {
        this.names = names;
    }

    /** All attributes that are read. */
    String[] requested() {
        var all = new LinkedHashSet<String>(List.of(USN, MODIFIED, ACCOUNT_CONTROL));
        all.addAll(names.id());
        all.addAll(names.login());
        all.addAll(names.displayName());
        all.addAll(names.mail());
        all.addAll(names.proxyAddresses());
        all.addAll(names.member());
        all.addAll(names.sendOnBehalf());
        all.addAll(names.sendAs().orElse(List.of()));
        return all.toArray(String[]::new);
    }

    /** The attributes that identify an entry. */
    String[] identifying() {
        return names.id().toArray(String[]::new);
    }

    /** Empty when the entry has nothing that identifies it, or no name. */
    Optional<LdapEntry> map(Entry entry, boolean group) {
        Optional<String> id = id(entry);
        Optional<String> dn = normalised(entry.getDN());
        if (id.isEmpty() || dn.isEmpty()) {
            return Optional.empty();
        }
        var faults = new ArrayList<String>();
        Optional<Person> person = group ? Optional.empty() : person(entry, faults);
        return Optional.of(new LdapEntry(id.get(), dn.get(), person, links(entry), faults));
    }

    static Optional<String> normalised(String dn) {
        try {
            return Optional.of(DN.normalize(dn));
        } catch (LDAPException e) {
            return Optional.empty();
        }
    }

    Optional<String> id(Entry entry) {
        for (String name : names.id()) {
            byte[] value = entry.getAttributeValueBytes(name);
            if (value != null) {
                // objectGUID is 16 octets, entryUUID is text.
                return Optional.of(
                        value.length == 16
                                ? HexFormat.of().formatHex(value)
                                : entry.getAttributeValue(name).toLowerCase(Locale.ROOT));
            }
        }
        return Optional.empty();
    }

    private Optional<Person> person(Entry entry, List<String> faults) {
        Optional<String> given = first(entry, names.login());
        Optional<Login> login = given.flatMap(Login::of);
        if (login.isEmpty()) {
            faults.add(given.map(text -> "No login: " + text).orElse("It has no login"));
            return Optional.empty();
        }
        Optional<String> displayName = first(entry, names.displayName())
                .filter(name ->
                        name.length() <= LONGEST_NAME && name.codePoints().noneMatch(Character::isISOControl));
        Integer control = entry.getAttributeValueAsInteger(ACCOUNT_CONTROL);
        boolean enabled = control == null || (control & ACCOUNT_DISABLED) == 0;
        return Optional.of(new Person(login.get(), displayName, enabled, addresses(entry, faults)));
    }

    /** The primary one first, the others by their text: an LDAP server has no order of values. */
    private List<Address> addresses(Entry entry, List<String> faults) {
        Optional<String> primary = Optional.empty();
        var others = new TreeSet<String>();
        for (String value : values(entry, names.proxyAddresses())) {
            if (value.startsWith(PRIMARY)) {
                primary = Optional.of(value.substring(PRIMARY.length()));
            } else if (value.regionMatches(true, 0, SMTP, 0, SMTP.length())) {
                others.add(value.substring(SMTP.length()));
            }
        }
        List<String> mail = values(entry, names.mail());
        others.addAll(mail);
        if (primary.isEmpty()) {
            primary = mail.stream().findFirst().or(() -> others.stream().findFirst());
        }
        Map<String, String> sound = new LinkedHashMap<>();
        primary.ifPresent(address -> add(sound, address, faults));
        others.forEach(address -> add(sound, address, faults));
        var addresses = new ArrayList<Address>();
        sound.values().forEach(address -> addresses.add(new Address(address, addresses.isEmpty())));
        return addresses;
    }

    private static void add(Map<String, String> sound, String address, List<String> faults) {
        try {
            AddressSyntax.check(address, "address");
            sound.putIfAbsent(CanonicalAddress.of(address, false).orElseThrow().toString(), address);
        } catch (Refused e) {
            faults.add(address + ": " + e.getMessage());
        }
    }

    private Set<Link> links(Entry entry) {
        var links = new LinkedHashSet<Link>();
        add(links, Kind.MEMBER, values(entry, names.member()));
        add(links, Kind.SEND_AS, values(entry, names.sendAs().orElse(List.of())));
        add(links, Kind.SEND_ON_BEHALF, values(entry, names.sendOnBehalf()));
        return links;
    }

    private static void add(Set<Link> links, Kind kind, List<String> values) {
        for (String value : values) {
            normalised(value).ifPresent(dn -> links.add(new Link(kind, dn)));
        }
    }

    private static Optional<String> first(Entry entry, List<String> names) {
        return values(entry, names).stream().findFirst();
    }

    private static List<String> values(Entry entry, List<String> names) {
        var values = new ArrayList<String>();
        for (String name : names) {
            String[] found = entry.getAttributeValues(name);
            if (found != null) {
                values.addAll(List.of(found));
            }
        }
        return values;
    }
}
