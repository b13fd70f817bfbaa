package org.signetmail.directory.grant;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a granted address may be used. */
public enum GrantType {
    /** As one's own. */
    @JsonProperty("send-as")
    SEND_AS("send-as"),
    /** In From only, with an own or send-as address as Sender. */
    @JsonProperty("send-on-behalf")
    SEND_ON_BEHALF("send-on-behalf");

    private final String text;

    GrantType(String text) {
        this.text = text;
    }

    /** Reads what the database's check constraint lets in. */
    public static GrantType of(String text) {
        for (GrantType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("No type of grant is called " + text);
    }

    @Override
    public String toString() {
        return text;
    }
}
