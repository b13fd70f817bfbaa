package org.signetmail.directory.address;

/** What an address may belong to. */
public enum Owner {
    ACCOUNT("account"),
    GROUP("group_name");

    /** The table's column that names the owner. */
    private final String column;

    Owner(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }
}
