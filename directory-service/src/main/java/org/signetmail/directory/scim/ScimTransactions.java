package org.signetmail.directory.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ScimException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.problem.Refused;

/** Transactions whose work may be refused in SCIM's terms; then nothing of it was done. */
@Singleton
class ScimTransactions {
    /** Work inside a transaction. */
    interface Work<I, O> {
        O on(I transaction) throws SQLException, ScimException;
    }

    /** A refusal on its way out of a transaction. */
    private static final class Unwound extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient ScimException reason;

        Unwound(ScimException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private static final int CONFLICT = 409;

    private final Database database;

    ScimTransactions(Database database) {
        this.database = database;
    }

    <T> T write(Work<WriteTransaction, T> work) throws ScimException {
        return unwound(() -> database.write(transaction -> wound(transaction, work)));
    }

    <T> T read(Work<Connection, T> work) throws ScimException {
        return unwound(() -> database.snapshot(connection -> wound(connection, work)));
    }

    private static <I, O> O wound(I transaction, Work<I, O> work) throws SQLException {
        try {
            return work.on(transaction);
        } catch (ScimException e) {
            throw new Unwound(e);
        }
    }

    private static <T> T unwound(Supplier<T> work) throws ScimException {
        try {
            return work.get();
        } catch (Unwound e) {
            throw e.reason;
        } catch (Refused e) {
            throw e.status() == CONFLICT
                    ? ResourceConflictException.uniqueness(e.getMessage())
                    : BadRequestException.invalidValue(e.getMessage());
        }
    }
}
