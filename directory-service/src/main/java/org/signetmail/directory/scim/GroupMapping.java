package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.signetmail.directory.account.AccountBody;
import org.signetmail.directory.group.GroupName;
import org.signetmail.directory.group.Party;

/** A group as a SCIM group (RFC 7643 section 4.2), and back. What a client sends beyond that is passed over. */
final class GroupMapping {
    static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
    static final String DISPLAY_NAME = "displayName";
    static final String MEMBERS = "members";
    private static final String VALUE = "value";
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-z0-9._@]+");
    private static final Pattern AT_THE_ENDS = Pattern.compile("^-+|-+$");
    private static final int LONGEST_BASE = 56; // a number behind it, and it is a name still

    private GroupMapping() {}

    /**
     * @param members absent where nobody wants to know
     * @param location without a slash at its end, where groups are
     */
    static ObjectNode json(StoredGroup group, Optional<List<String>> members, String location) {
        ObjectNode json = JsonUtils.getJsonNodeFactory().objectNode();
        json.putArray("schemas").add(SCHEMA);
        json.put("id", group.id());
        group.externalId().ifPresent(id -> json.put(UserMapping.EXTERNAL_ID, id));
        json.put(DISPLAY_NAME, group.displayName().orElse(group.name().text()));
        members.ifPresent(all -> {
            var array = json.putArray(MEMBERS);
            all.forEach(member -> array.addObject()
                    .put(VALUE, member)
                    .put("type", member.startsWith(Party.GROUP) ? "Group" : "User"));
        });
        json.putObject("meta")
                .put("resourceType", "Group")
                .put("location", location + "/" + group.id())
                .put("version", group.tag());
        return json;
    }

    /** The name in an id; empty when it is none of a group. */
    static Optional<GroupName> name(String id) {
        return id.startsWith(Party.GROUP) ? GroupName.of(id.substring(Party.GROUP.length())) : Optional.empty();
    }

    static String displayName(JsonNode value) throws ScimException {
        String name = value.asText().strip();
        if (!value.isTextual() || name.isEmpty()) {
            throw BadRequestException.invalidValue("displayName is required, and a text");
        }
        AccountBody.checkName(Optional.of(name));
        return name;
    }

    /** Each once. */
    static Set<Party> members(JsonNode values) throws ScimException {
        if (!values.isArray() && !values.isMissingNode() && !values.isNull()) {
            throw BadRequestException.invalidValue("members is an array");
        }
        var members = new LinkedHashSet<Party>();
        for (JsonNode member : values) {
            members.add(member(member.path(VALUE).asText()));
        }
        return members;
    }

    static Party member(String value) throws ScimException {
        return Party.of(value)
                .orElseThrow(
                        () -> BadRequestException.invalidValue("The value of a member is the id of a user or group"));
    }

    /** A name that people recognise, for a new group. */
    static String base(String displayName) {
        String plain = Normalizer.normalize(displayName, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        String dashed = NOT_IN_NAMES.matcher(plain.replaceAll("\\p{M}+", "")).replaceAll("-");
        String cut = dashed.substring(0, Math.min(dashed.length(), LONGEST_BASE));
        String base = AT_THE_ENDS.matcher(cut).replaceAll("");
        return base.isEmpty() ? "group" : base;
    }
}
