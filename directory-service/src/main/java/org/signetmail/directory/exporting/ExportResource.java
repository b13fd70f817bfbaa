package org.signetmail.directory.exporting;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.signetmail.directory.account.Account;
import org.signetmail.directory.account.AccountStore;
import org.signetmail.directory.database.Database;

/**
 * All accounts as of one moment, one JSON document a line, as an import reads them. Holds one page, whatever their number.
 * Credentials never leave: whoever has a verifier can try passwords against it.
 */
@Path("/api/v1/exports")
@RunOnVirtualThread
public class ExportResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final int PAGE = 500;

    private final Database database;
    private final AccountStore accounts;
    private final ObjectMapper json;

    public ExportResource(Database database, AccountStore accounts, ObjectMapper json) {
        this.database = database;
        this.accounts = accounts;
        this.json = json;
    }

    @GET
    @RolesAllowed({"admin", "auditor"})
    @Produces(NDJSON)
    @Operation(summary = "Exports all accounts as of one moment, one a line by login, without credentials")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = Account.class)))
    public StreamingOutput get() {
        return output -> {
            try {
                database.snapshot(connection -> write(connection, output));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        };
    }

    /** Returns the last login. */
    private String write(Connection connection, OutputStream output) throws SQLException {
        String after = "";
        for (List<Account> page = accounts.page(connection, after, PAGE);
                !page.isEmpty();
                page = accounts.page(connection, after, PAGE)) {
            write(page, output);
            after = page.getLast().login();
        }
        return after;
    }

    private void write(List<Account> page, OutputStream output) {
        try {
            for (Account account : page) {
                output.write(json.writeValueAsBytes(account));
                output.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
