package org.signetmail.directory.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.JsonUtils;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.signetmail.directory.account.Account;
import org.signetmail.directory.account.AccountBody;
import org.signetmail.directory.account.AccountResource;
import org.signetmail.directory.account.AccountStore;
import org.signetmail.directory.credential.CredentialStore;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.credential.Scram;
import org.signetmail.directory.credential.Verifier;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.problem.Refused;

/** What SCIM does to accounts (RFC 7644 section 3), by JSON text in and out of the library's reading. */
@Singleton
class Users {
    /** A refusal on its way out of a transaction. */
    private static final class Unwound extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient ScimException reason;

        Unwound(ScimException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private interface Work<I, O> {
        O on(I transaction) throws SQLException, ScimException;
    }

    private static final int CONFLICT = 409;

    private final Database database;
    private final AccountStore accounts;
    private final UserStore store;
    private final CredentialStore credentials;
    private final Scram scram;

    Users(Database database, AccountStore accounts, UserStore store, CredentialStore credentials, Scram scram) {
        this.database = database;
        this.accounts = accounts;
        this.store = store;
        this.credentials = credentials;
        this.scram = scram;
    }

    UserSearch.Page search(UserSearch search) throws ScimException {
        return unwound(() -> database.snapshot(connection -> wound(connection, c -> search.run(c, store))));
    }

    StoredUser get(String id) throws ScimException {
        return unwound(() -> database.snapshot(connection -> wound(connection, c -> find(c, id))));
    }

    StoredUser create(String body) throws ScimException {
        JsonNode user = parse(body);
        return write(transaction -> {
            AccountBody wanted = UserMapping.body(user, Optional.empty());
            Login login = login(wanted);
            if (accounts.find(transaction.connection(), login).isPresent()) {
                throw ResourceConflictException.uniqueness("There is a user " + login + " already");
            }
            return put(transaction, login, wanted, user);
        });
    }

    StoredUser replace(String id, String body, Optional<String> ifMatch) throws ScimException {
        JsonNode user = parse(body);
        return write(transaction -> put(transaction, matching(transaction.connection(), id, ifMatch), user));
    }

    /** RFC 7644 section 3.5.2: all operations of a request, or none. */
    StoredUser patch(String id, String body, Optional<String> ifMatch) throws ScimException {
        PatchRequest request = patchRequest(parse(body));
        return write(transaction -> {
            StoredUser stored = matching(transaction.connection(), id, ifMatch);
            var user = new GenericScimResource(UserMapping.json(stored, ""));
            request.apply(user);
            return put(transaction, stored, user.getObjectNode());
        });
    }

    /** Returns the user as it was. */
    StoredUser delete(String id, Optional<String> ifMatch) throws ScimException {
        return write(transaction -> {
            StoredUser stored = matching(transaction.connection(), id, ifMatch);
            accounts.delete(transaction, new Login(stored.account().login()));
            return stored;
        });
    }

    private StoredUser put(WriteTransaction transaction, StoredUser stored, JsonNode user)
            throws SQLException, ScimException {
        AccountBody wanted = UserMapping.body(user, Optional.of(stored.account()));
        Login login = login(wanted);
        if (!login.text().equals(stored.account().login())) {
            throw BadRequestException.mutability("A user's userName cannot be changed; make another user");
        }
        return put(transaction, login, wanted, user);
    }

    private StoredUser put(WriteTransaction transaction, Login login, AccountBody wanted, JsonNode user)
            throws SQLException, ScimException {
        Account account = wanted.as(login);
        Optional<String> externalId = UserMapping.externalId(user);
        Optional<Verifier> stored = credentials.verifier(transaction.connection(), login);
        accounts.put(
                transaction,
                account,
                wanted.password().flatMap(password -> AccountResource.changed(scram, stored, password)));
        store.putExternalId(transaction.connection(), login.text(), externalId);
        return find(transaction.connection(), login.text());
    }

    private StoredUser matching(Connection connection, String id, Optional<String> ifMatch)
            throws SQLException, ScimException {
        StoredUser stored = find(connection, id);
        if (ifMatch.isPresent() && !ifMatch.get().equals("*") && !ifMatch.get().equals(stored.tag())) {
            throw new PreconditionFailedException("The user was changed meanwhile: it is " + stored.tag());
        }
        return stored;
    }

    private StoredUser find(Connection connection, String id) throws SQLException, ScimException {
        List<String> login = Login.of(id).map(Login::text).stream().toList();
        return store.among(connection, login).stream()
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException("There is no user " + id));
    }

    private static Login login(AccountBody body) throws ScimException {
        return body.login()
                .flatMap(Login::of)
                .orElseThrow(() -> BadRequestException.invalidValue("A userName has 1 to 64 of A-Z a-z 0-9 . _ @ -"));
    }

    private static JsonNode parse(String body) throws ScimException {
        try {
            return JsonUtils.getObjectReader().readTree(body);
        } catch (JsonProcessingException e) {
            throw BadRequestException.invalidSyntax("The body is no JSON");
        }
    }

    /** Identity providers are about that write "Replace". */
    private static PatchRequest patchRequest(JsonNode body) throws ScimException {
        for (JsonNode operation : body.path("Operations")) {
            if (operation instanceof ObjectNode object && object.path("op").isTextual()) {
                object.put("op", object.path("op").asText().toLowerCase(Locale.ROOT));
            }
        }
        try {
            return JsonUtils.nodeToValue(body, PatchRequest.class);
        } catch (JsonProcessingException e) {
            throw BadRequestException.invalidSyntax("The body is no PATCH request");
        }
    }

    private StoredUser write(Work<WriteTransaction, StoredUser> work) throws ScimException {
        return unwound(() -> database.write(transaction -> wound(transaction, work)));
    }

    /** Carries a refusal through the transaction, which is rolled back. */
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
