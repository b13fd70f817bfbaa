package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.List;

/**
 * A page of what was found.
 *
 * @param total how many there are in all
 */
record ScimPage(List<ObjectNode> resources, long startIndex, long total) {
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    ScimPage with(Attributes wanted) {
        return new ScimPage(resources.stream().map(wanted::of).toList(), startIndex, total);
    }

    /** RFC 7644 section 3.4.2. */
    ObjectNode json() {
        ObjectNode answer = JsonUtils.getJsonNodeFactory().objectNode();
        answer.putArray("schemas").add(LIST);
        answer.put("totalResults", total);
        answer.put("startIndex", startIndex);
        answer.put("itemsPerPage", resources.size());
        answer.putArray("Resources").addAll(resources);
        return answer;
    }
}
