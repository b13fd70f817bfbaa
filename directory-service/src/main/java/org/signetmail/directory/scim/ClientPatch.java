package org.signetmail.directory.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
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
    private static final String OPERATIONS = "Operations";
    private static final String OP = "op";
    private static final String PATH = "path";
    private static final String VALUE = "value";

    private final Set<String> used;
    private final List<ObjectNode> operations = new ArrayList<>();

    private ClientPatch(Set<String> used) {
        this.used = used;
    }

    /** @param used names of the attributes that are more than passed over, in lower case */
    static PatchRequest read(JsonNode body, Set<String> used) throws ScimException {
        List<ObjectNode> operations = operations(body, used);
        if (operations.isEmpty()) {
            return new PatchRequest(List.of());
        }
        var request = (ObjectNode) body;
        request.putArray(OPERATIONS).addAll(operations);
        try {
            return JsonUtils.nodeToValue(request, PatchRequest.class);
        } catch (JsonProcessingException e) {
            throw BadRequestException.invalidSyntax("The body is no PATCH request");
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
                operations.add(orAdd(operation));
            }
        } else if (operation.path(VALUE) instanceof ObjectNode values) {
            values.properties().forEach(value -> {
                if (isUsed(value.getKey())) {
                    ObjectNode single = operation.deepCopy();
                    single.put(PATH, value.getKey()).set(VALUE, value.getValue());
                    operations.add(orAdd(single));
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
    private static ObjectNode orAdd(ObjectNode operation) {
        boolean ofType = operation.path(PATH).asText().toLowerCase(Locale.ROOT).startsWith("emails[type eq ");
        return ofType && operation.path(OP).asText().equals("replace")
                ? operation.put(OP, "add")
                : operation;
    }
}
