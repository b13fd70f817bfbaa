package org.signetmail.notifier.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Which rule was broken first; the words of the contract are the lower-case names. */
public enum Reason {
    @JsonProperty("envelope")
    ENVELOPE,
    @JsonProperty("from")
    FROM,
    @JsonProperty("sender")
    SENDER,
    @JsonProperty("resent")
    RESENT,
    @JsonProperty("display-name")
    DISPLAY_NAME,
    @JsonProperty("form")
    FORM,
    @JsonProperty("suspended")
    SUSPENDED;

    /** The word of the contract. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
