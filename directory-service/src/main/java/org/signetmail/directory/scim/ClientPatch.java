package org.signetmail.directory.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A PATCH request as identity providers write it, made one as RFC 7644 section 3.5.2 has it: operations in any case, paths
 * as names of a value without a path, and attributes that Signet has no use for, which are passed over.
 */
final class ClientPatch {
    private static final Pattern END_OF_NAME = Pattern.compile("[.\\[]");
    private static final Pattern OF_TYPE = Pattern.compile("emails\\[type eq .*", Pattern.CASE_INSENSITIVE);
    private static final String OPERATIONS = "Operations";
    private static final String OP = "op";
    private static final String PATH = "path";
    private static final String VALUE = "value";

    private final Set<String> used;
    private final List<ObjectNode> operations = new ArrayList<>();

    private ClientPatch(Set<String> used) {
        this.used = used;
    }

    /**
     * Applies all operations, one after the other.
     *
     * @param used names of the attributes that are more than passed over, in lower case
     */
    static void apply(JsonNode body, Set<String> used, GenericScimResource resource) throws ScimException {
        for (ObjectNode operation : operations(body, used)) {
            if (OF_TYPE.matcher(operation.path(PATH).asText()).matches()
                    && !operation.path(OP).asText().equals("remove")) {
                // An identity provider replaces its work address also where there is none, and adds it where there is
                // one.
                Path path = Path.fromString(operation.path(PATH).asText());
                boolean there = !JsonUtils.findMatchingPaths(path, resource.getObjectNode())
                        .isEmpty();
                operation.put(OP, there ? "replace" : "add");
            }
            parsed(operation).apply(resource);
        }
    }

    private static PatchRequest parsed(ObjectNode operation) throws ScimException {
        try {
            return new PatchRequest(JsonUtils.nodeToValue(operation, PatchOperation.class));
        } catch (JsonProcessingException e) {
            throw BadRequestException.invalidSyntax(
                    "An operation is none of RFC 7644: " + operation.path(OP).asText());
        }
    }

    /** Each with a path, unless it is none of RFC 7644. */
    static List<ObjectNode> operations(JsonNode body, Set<String> used) throws ScimException {
        var patch = new ClientPatch(used);
        if (!(body instanceof ObjectNode request) || !request.path(OPERATIONS).isArray()) {
            throw BadRequestException.invalidSyntax("A PATCH request has Operations");
        }
        for (JsonNode operation : request.get(OPERATIONS)) {
            if (!(operation instanceof ObjectNode object)) {
                throw BadRequestException.invalidSyntax("An operation is an object");
            }
            patch.take(object);
        }
        return patch.operations;
    }

    private void take(ObjectNode operation) {
        operation.put(OP, operation.path(OP).asText().toLowerCase(Locale.ROOT));
        if (operation.path(PATH).isTextual()) {
            if (isUsed(operation.path(PATH).asText())) {
                operations.add(operation);
            }
        } else if (operation.path(VALUE) instanceof ObjectNode values) {
            values.properties().forEach(value -> {
                if (isUsed(value.getKey())) {
                    ObjectNode single = operation.deepCopy();
                    single.put(PATH, value.getKey()).set(VALUE, value.getValue());
                    operations.add(single);
                }
            });
        } else {
            operations.add(operation);
        }
    }

    private boolean isUsed(String path) {
        return used.contains(END_OF_NAME.split(path, 2)[0].toLowerCase(Locale.ROOT));
    }
}
