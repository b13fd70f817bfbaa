package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.signetmail.directory.account.Account;
import org.signetmail.directory.account.AccountBody;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressBody;
import org.signetmail.directory.credential.Password;

/**
 * An account as a SCIM user (RFC 7643 section 4.1), and back. What a client sends beyond that is passed over: identity
 * providers send titles and telephone numbers, whatever is done with them.
 */
final class UserMapping {
    static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String USER_NAME = "userName";
    static final String EXTERNAL_ID = "externalId";
    static final String EMAILS = "emails";
    /** What is not passed over, in lower case. */
    static final Set<String> USED =
            Set.of("username", "externalid", "displayname", "name", "active", "password", "emails");

    static final String VALUE = "value";
    private static final String PRIMARY = "primary";
    private static final String ACTIVE = "active";
    private static final String DISPLAY_NAME = "displayName";
    private static final int LONGEST_EXTERNAL_ID = 256;

    private UserMapping() {}

    /** @param location without a slash at its end, where users are */
    static ObjectNode json(StoredUser user, String location) {
        Account account = user.account();
        ObjectNode json = JsonUtils.getJsonNodeFactory().objectNode();
        json.putArray("schemas").add(SCHEMA);
        json.put("id", account.login());
        user.externalId().ifPresent(id -> json.put(EXTERNAL_ID, id));
        json.put(USER_NAME, account.login());
        account.displayName().ifPresent(name -> json.put(DISPLAY_NAME, name));
        json.put(ACTIVE, account.enabled());
        var emails = json.putArray(EMAILS);
        for (Address address : account.addresses()) {
            emails.addObject()
                    .put(VALUE, address.address())
                    .put("type", address.primary() ? "work" : "other")
                    .put(PRIMARY, address.primary());
        }
        json.putObject("meta")
                .put("resourceType", "User")
                .put("location", location + "/" + account.login())
                .put("version", user.tag());
        return json;
    }

    /** What is to be written; mode and limits, which SCIM does not know, stay as they are stored. */
    static AccountBody body(JsonNode user, Optional<Account> stored) throws ScimException {
        if (!user.isObject()) {
            throw BadRequestException.invalidSyntax("The body is no SCIM user");
        }
        return new AccountBody(
                Optional.of(text(user.path(USER_NAME), USER_NAME)
                        .orElseThrow(() -> BadRequestException.invalidValue("userName is required"))),
                displayName(user),
                Optional.of(active(user.path(ACTIVE))),
                text(user.path("password"), "password").map(Password::new),
                stored.flatMap(Account::mode),
                stored.flatMap(Account::limits),
                emails(user.path(EMAILS)));
    }

    static Optional<String> externalId(JsonNode user) throws ScimException {
        return externalIdOf(user.path(EXTERNAL_ID));
    }

    /** Missing, null and empty mean that there is none. */
    static Optional<String> externalIdOf(JsonNode value) throws ScimException {
        Optional<String> id = text(value, EXTERNAL_ID).filter(text -> !text.isEmpty());
        if (id.isPresent()
                && (id.get().length() > LONGEST_EXTERNAL_ID || id.get().indexOf('\0') >= 0)) {
            throw BadRequestException.invalidValue("externalId has at most 256 characters, none of them NUL");
        }
        return id;
    }

    /** RFC 7644 section 3.5.2: where a PATCH makes a value the primary one, the one that was it is so no more. */
    static void onePrimary(ObjectNode user, StoredUser before) {
        Optional<String> former = before.account().addresses().stream()
                .filter(Address::primary)
                .map(Address::address)
                .findFirst();
        List<ObjectNode> primary = user.path(EMAILS)
                .valueStream()
                .filter(email -> email.path(PRIMARY).asBoolean(false))
                .map(ObjectNode.class::cast)
                .toList();
        if (primary.size() > 1) {
            primary.stream()
                    .filter(email -> former.equals(plain(email.path(VALUE))))
                    .forEach(email -> email.put(PRIMARY, false));
        }
    }

    private static Optional<String> displayName(JsonNode user) throws ScimException {
        JsonNode name = user.path("name");
        return text(user.path(DISPLAY_NAME), DISPLAY_NAME)
                .or(() -> plain(name.path("formatted")))
                .or(() -> Optional.of(Stream.of("givenName", "familyName")
                                .flatMap(part -> plain(name.path(part)).stream())
                                .collect(Collectors.joining(" ")))
                        .filter(text -> !text.isEmpty()));
    }

    /** Identity providers are about that write "False". */
    private static boolean active(JsonNode value) throws ScimException {
        if (value.isMissingNode() || value.isNull()) {
            return true;
        }
        return switch (value.asText().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw BadRequestException.invalidValue("active is true or false");
        };
    }

    /** The first is primary where none is. */
    private static List<AddressBody> emails(JsonNode values) throws ScimException {
        var emails = new ArrayList<AddressBody>();
        boolean none = true;
        for (JsonNode email : values) {
            String address = plain(email.path(VALUE))
                    .orElseThrow(() -> BadRequestException.invalidValue("An e-mail has a value"));
            boolean primary = email.path(PRIMARY).asBoolean(false);
            none &= !primary;
            emails.add(new AddressBody(address, Optional.of(primary)));
        }
        if (none && !emails.isEmpty()) {
            emails.set(0, new AddressBody(emails.getFirst().address(), Optional.of(true)));
        }
        return emails;
    }

    private static Optional<String> text(JsonNode value, String name) throws ScimException {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw BadRequestException.invalidValue(name + " is a text");
        }
        return Optional.of(value.asText());
    }

    private static Optional<String> plain(JsonNode value) {
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }
}
