package org.signetmail.directory.database;

import java.sql.SQLException;
import java.util.Set;

/** PostgreSQL refused or was out of reach; the transaction is rolled back. */
public final class DatabaseFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    // Connection exception, insufficient resources, operator intervention (PostgreSQL, appendix A), and 25006: a
    // server that has just become a stand-by refuses to write.
    private static final Set<String> OUTAGES = Set.of("08", "53", "57");
    private static final String READ_ONLY = "25006";

    private final String state;

    public DatabaseFailure(SQLException cause) {
        super(cause.getMessage(), cause);
        this.state = cause.getSQLState();
    }

    /** Whether the same request may well succeed later. A pool without a free connection gives no state at all. */
    public boolean unavailable() {
        return state == null
                || state.length() < 2
                || OUTAGES.contains(state.substring(0, 2))
                || state.equals(READ_ONLY);
    }
}
