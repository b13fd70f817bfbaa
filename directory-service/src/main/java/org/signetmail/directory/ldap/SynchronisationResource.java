package org.signetmail.directory.ldap;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.ldap.Synchroniser.Request;
import org.signetmail.directory.problem.Input;
import org.signetmail.directory.problem.PageLimit;
import org.signetmail.directory.problem.Refused;

/** Synchronisations with LDAP: what they did, what one would do, and the word that lets a held one go on. */
@Path("/api/v1/synchronisations")
@RunOnVirtualThread
public class SynchronisationResource {
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    /** A page, the latest first; next, unless this was the last page, is what to give as {@code after}. */
    public record SynchronisationPage(List<Synchronisation> synchronisations, Optional<String> next) {}

    private final Database database;
    private final SynchronisationStore store;
    private final Synchroniser synchroniser;
    private final LdapServers servers;

    SynchronisationResource(
            Database database, SynchronisationStore store, Synchroniser synchroniser, LdapServers servers) {
        this.database = database;
        this.store = store;
        this.synchroniser = synchroniser;
        this.servers = servers;
    }

    @GET
    @RolesAllowed({"admin", "auditor"})
    @Operation(summary = "Synchronisations that had something to do, the latest first")
    public SynchronisationPage list(
            @RestQuery Optional<String> after, @RestQuery @DefaultValue(PageLimit.DEFAULT) PageLimit limit) {
        Optional<Long> before = after.map(text -> {
            if (!ID.matcher(text).matches()) {
                throw Refused.invalid("after", "This is no synchronisation's id");
            }
            return Long.valueOf(text);
        });
        List<Synchronisation> page = database.transaction(connection -> store.list(connection, before, limit.value()));
        return new SynchronisationPage(
                page,
                page.size() < limit.value()
                        ? Optional.empty()
                        : Optional.of(page.getLast().id()));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "auditor"})
    @Operation(summary = "One synchronisation")
    public Synchronisation get(String id) {
        return database.transaction(connection -> store.find(connection, number(id)))
                .orElseThrow(() -> absent(id));
    }

    @POST
    @RolesAllowed("admin")
    @Operation(summary = "Synchronises now, or shows what that would change; answers when it is done")
    public Synchronisation post(
            @RestQuery @DefaultValue("false") @Parameter(schema = @Schema(type = SchemaType.BOOLEAN)) String dryRun,
            @RestQuery @DefaultValue("false") @Parameter(schema = @Schema(type = SchemaType.BOOLEAN))
                    String everything) {
        // "yes" must not be read as false, and write what was only to be shown.
        boolean dry = Input.flag("dryRun", dryRun);
        boolean all = Input.flag("everything", everything);
        if (!servers.configured()) {
            throw Refused.conflict(null, "No LDAP server is configured: signet.ldap.urls");
        }
        return synchroniser.run(new Request(all, dry, Optional.empty()));
    }

    @POST
    @Path("{id}/confirm")
    @RolesAllowed("admin")
    @Operation(summary = "Synchronises now, and may withdraw as many addresses as the held synchronisation would")
    public Synchronisation confirm(String id) {
        Synchronisation held = get(id);
        if (!database.transaction(connection -> store.confirm(connection, number(id)))) {
            throw Refused.conflict(null, "Synchronisation " + id + " is not held");
        }
        return synchroniser.run(new Request(
                held.report().everything(), false, Optional.of(held.report().addressesWithdrawn())));
    }

    private static long number(String id) {
        if (!ID.matcher(id).matches()) {
            throw absent(id);
        }
        return Long.parseLong(id);
    }

    private static Refused absent(String id) {
        return Refused.notFound("synchronisation " + id);
    }
}
