package org.signetmail.policy.originator;

/** How an account may use an address, in the order in which addresses are listed to people. */
public enum Use {
    OWN("own"),
    SEND_AS("send-as"),
    /** In From only, with a Sender that is the account's own or send-as. */
    SEND_ON_BEHALF("send-on-behalf");

    private final String word;

    Use(String word) {
        this.word = word;
    }

    /** As events and REST write it. */
    public String word() {
        return word;
    }
}
