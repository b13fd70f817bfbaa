package org.signetmail.directory.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.util.List;

/** Names the place where JSON could not be read, without repeating the text, which may hold a password. */
public final class JsonFault {
    private JsonFault() {}

    public static Refused of(JsonProcessingException fault) {
        if (fault instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            if (mapping.getCause() instanceof Refused refused) {
                return Refused.invalid(path(mapping.getPath()), refused.getMessage());
            }
            return Refused.invalid(
                    path(mapping.getPath()), "This field is unknown here or has a value of the wrong form");
        }
        return Refused.invalid(null, "The body is not the JSON that is expected here");
    }

    private static String path(List<Reference> references) {
        var path = new StringBuilder();
        for (Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }
}
