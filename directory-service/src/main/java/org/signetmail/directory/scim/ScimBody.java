package org.signetmail.directory.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The body of a request, of bounded length: what a group may have of members goes in by several. */
final class ScimBody {
    static final int LONGEST = 4 * 1024 * 1024;
    private static final int TOO_LARGE = 413;

    private ScimBody() {}

    static JsonNode read(InputStream body) throws ScimException {
        try {
            byte[] text = body.readNBytes(LONGEST + 1);
            if (text.length > LONGEST) {
                var error = new ErrorResponse(TOO_LARGE);
                error.setDetail("A body has at most " + LONGEST + " octets");
                throw new ScimException(error, null);
            }
            return JsonUtils.getObjectReader().readTree(text);
        } catch (JsonProcessingException e) {
            throw BadRequestException.invalidSyntax("The body is no JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
