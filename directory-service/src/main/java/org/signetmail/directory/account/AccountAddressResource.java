package org.signetmail.directory.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressBody;
import org.signetmail.directory.administrator.Authorities;
import org.signetmail.directory.administrator.Authority;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.problem.Refused;

/** The addresses of an account, for those who may write nothing else of it. */
@Path("/api/v1/accounts/{login}/addresses")
@RunOnVirtualThread
public class AccountAddressResource {
    /** What PUT reads: all addresses that the account is to have. */
    public record AddressesBody(List<AddressBody> addresses) {}

    private final Database database;
    private final AccountStore store;
    private final Authorities authorities;

    public AccountAddressResource(Database database, AccountStore store, Authorities authorities) {
        this.database = database;
        this.store = store;
        this.authorities = authorities;
    }

    @PUT
    @RolesAllowed({"admin", "domain-admin"})
    @Operation(
            summary = "Replaces the addresses of an account",
            description = "Who administers single domains may do so where all addresses, before and after, are in them")
    public Account put(String login, AddressesBody body) {
        if (body == null || body.addresses() == null) {
            throw Refused.invalid("addresses", "The addresses that the account is to have are required");
        }
        List<Address> wanted = AddressBody.check(body.addresses());
        Login name = Login.of(login).orElseThrow(() -> Refused.notFound("account " + login));
        return database.write(transaction -> put(transaction, name, wanted));
    }

    private Account put(WriteTransaction transaction, Login login, List<Address> wanted) throws SQLException {
        Authority authority = authorities.toWrite(transaction.connection());
        Account account = authority.find(
                store.find(transaction.connection(), login),
                found -> Address.domains(found.addresses()),
                "account " + login);
        requireAll(authority, wanted);
        Account changed = account.with(wanted);
        store.put(transaction, changed, Optional.empty());
        return changed;
    }

    private static void requireAll(Authority authority, List<Address> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            Address address = wanted.get(i);
            authority.require(Address.domains(List.of(address)), address.address(), "addresses[" + i + "].address");
        }
        authority.require(Address.domains(wanted), "An account without addresses", "addresses");
    }
}
