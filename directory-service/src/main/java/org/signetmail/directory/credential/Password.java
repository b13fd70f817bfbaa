package org.signetmail.directory.credential;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A password on its way to becoming a verifier; never written or logged. */
@Schema(type = SchemaType.STRING, writeOnly = true)
public record Password(String text) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Password {}

    @Override
    public String toString() {
        return "(password)";
    }
}
