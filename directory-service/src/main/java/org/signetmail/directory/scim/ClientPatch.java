package org.signetmail.directory.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.JsonUtils;
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
    private static final String OPERATIONS = "Operations";
    private static final String OP = "op";
    private static final String PATH = "path";
    private static final String VALUE = "value";

    private final Set<String> used;
    private final ArrayNode operations = JsonUtils.getJsonNodeFactory().arrayNode();

    private ClientPatch(Set<String> used) {
        this.used = used;
    }

    /** @param used names of the attributes that are more than passed over, in lower case */
    static PatchRequest read(JsonNode body, Set<String> used) throws ScimException {
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
        if (patch.operations.isEmpty()) {
            return new PatchRequest(List.of());
        }
        request.set(OPERATIONS, patch.operations);
        try {
            return JsonUtils.nodeToValue(request, PatchRequest.class);
        } catch (JsonProcessingException e) {
            throw BadRequestException.invalidSyntax("The body is no PATCH request");
        }
    }

    private void take(ObjectNode operation) {
        operation.put(OP, operation.path(OP).asText().toLowerCase(Locale.ROOT));
        if (operation.path(PATH).isTextual()) {
            if (isUsed(operation.path(PATH).asText())) {
                operations.add(orAdd(operation));
            }
        } else if (operation.path(VALUE) instanceof ObjectNode values) {
            values.properties().forEach(value -> {
                if (isUsed(value.getKey())) {
                    ObjectNode single = operation.deepCopy();
                    operations.add(orAdd(single.put(PATH, value.getKey()).set(VALUE, value.getValue())));
                }
            });
        } else {
            operations.add(operation);
        }
    }

    private boolean isUsed(String path) {
        return used.contains(END_OF_NAME.split(path, 2)[0].toLowerCase(Locale.ROOT));
    }

    /** An identity provider replaces its work address also where there is none. */
    private static JsonNode orAdd(JsonNode operation) {
        boolean ofType = operation.path(PATH).asText().toLowerCase(Locale.ROOT).startsWith("emails[type eq ");
        return ofType && operation.path(OP).asText().equals("replace")
                ? ((ObjectNode) operation).put(OP, "add")
                : operation;
    }
}
