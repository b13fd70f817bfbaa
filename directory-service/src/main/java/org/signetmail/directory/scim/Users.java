package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.account.Account;
import org.signetmail.directory.account.AccountBody;
import org.signetmail.directory.account.AccountResource;
import org.signetmail.directory.account.AccountStore;
import org.signetmail.directory.credential.CredentialStore;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.credential.Scram;
import org.signetmail.directory.credential.Verifier;
import org.signetmail.directory.database.WriteTransaction;

/** What SCIM does to accounts (RFC 7644 section 3), with the library's reading of JSON. */
@Singleton
class Users {
    private final ScimTransactions database;
    private final AccountStore accounts;
    private final UserStore store;
    private final CredentialStore credentials;
    private final Scram scram;

    Users(ScimTransactions database, AccountStore accounts, UserStore store, CredentialStore credentials, Scram scram) {
        this.database = database;
        this.accounts = accounts;
        this.store = store;
        this.credentials = credentials;
        this.scram = scram;
    }

    ScimPage search(Search search, String location) throws ScimException {
        return database.read(connection -> search.run(connection, new UserSource(store, location)));
    }

    StoredUser get(String id) throws ScimException {
        return database.read(connection -> find(connection, id));
    }

    StoredUser create(JsonNode user) throws ScimException {
        return database.write(transaction -> {
            AccountBody wanted = UserMapping.body(user, Optional.empty());
            Login login = login(wanted);
            if (accounts.find(transaction.connection(), login).isPresent()) {
                throw ResourceConflictException.uniqueness("There is a user " + login + " already");
            }
            return put(transaction, login, wanted, user);
        });
    }

    StoredUser replace(String id, JsonNode user, Optional<String> ifMatch) throws ScimException {
        return database.write(transaction -> put(transaction, matching(transaction.connection(), id, ifMatch), user));
    }

    /** RFC 7644 section 3.5.2: all operations of a request, or none. */
    StoredUser patch(String id, JsonNode body, Optional<String> ifMatch) throws ScimException {
        return database.write(transaction -> {
            StoredUser stored = matching(transaction.connection(), id, ifMatch);
            var user = new GenericScimResource(UserMapping.json(stored, ""));
            ClientPatch.apply(body, UserMapping.USED, user);
            UserMapping.onePrimary(user.getObjectNode(), stored);
            return put(transaction, stored, user.getObjectNode());
        });
    }

    /** Returns the user as it was. */
    StoredUser delete(String id, Optional<String> ifMatch) throws ScimException {
        return database.write(transaction -> {
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
}
