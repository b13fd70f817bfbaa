package org.signetmail.local.secrets;

import java.util.Locale;

/** Who may ask the services over REST: two services and two kinds of people. */
public enum Role {
    EDGE,
    POLICY,
    ADMIN,
    AUDITOR;

    /** As it stands in a token's groups claim. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
