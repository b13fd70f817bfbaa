package org.signetmail.notifier.webhook;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.rest.Limit;
import org.signetmail.notifier.rest.Problem;

/** Webhooks, for operators: what waits, what was given up, and to try it again. */
@Path("/api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"admin", "auditor"})
@RunOnVirtualThread
public class WebhookResource {
    private static final Logger LOG = Logger.getLogger(WebhookResource.class);

    private final Database database;
    private final Targets targets;
    private final DeliveryList deliveries;
    private final Deliveries deliverers;
    private final SecurityIdentity identity;
    private final Clock clock;

    WebhookResource(
            Database database,
            Targets targets,
            DeliveryList deliveries,
            Deliveries deliverers,
            SecurityIdentity identity,
            Clock clock) {
        this.database = database;
        this.targets = targets;
        this.deliveries = deliveries;
        this.deliverers = deliverers;
        this.identity = identity;
        this.clock = clock;
    }

    /** A target, and how many deliveries to it wait or were given up. */
    public record Webhook(String name, URI url, List<String> domains, long pending, long failed) {}

    /** All targets. */
    public record Webhooks(List<Webhook> webhooks) {}

    /** A page of deliveries, newest first; next is there when more follow, to be given as {@code after}. */
    @Schema(name = "DeliveriesPage")
    public record Page(List<DeliveryList.Entry> deliveries, Optional<String> next) {}

    /** @param delivery the one to be tried again; all when it is absent */
    public record Retry(Optional<String> delivery) {}

    /** How many are tried again. */
    public record Retried(int deliveries) {}

    @GET
    @Operation(operationId = "listWebhooks", summary = "Targets, with what waits for them and what was given up")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Webhooks.class)))
    public Webhooks list() throws SQLException {
        return database.transaction(connection -> {
            var webhooks = new ArrayList<Webhook>();
            for (Target target : targets.all()) {
                DeliveryList.Counts counts = deliveries.counts(connection, target.name());
                List<String> domains = target.domains().stream().sorted().toList();
                webhooks.add(new Webhook(target.name(), target.url(), domains, counts.pending(), counts.failed()));
            }
            return new Webhooks(webhooks);
        });
    }

    @GET
    @Path("/{name}/deliveries")
    @Operation(operationId = "listDeliveries", summary = "Deliveries to a target, newest first")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; the problem's field names it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such target",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Page deliveries(
            @PathParam("name") String name,
            @Parameter(description = "pending, delivered or failed; failed without it") @QueryParam("state")
                    Optional<String> state,
            @Parameter(description = "The next of the page before") @QueryParam("after") Optional<String> after,
            @Parameter(description = Limit.DESCRIPTION, schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    Optional<String> limit)
            throws SQLException {
        Target target = target(name);
        DeliveryList.State wanted = state.map(WebhookResource::state).orElse(DeliveryList.State.FAILED);
        int most = Limit.of(limit);
        List<DeliveryList.Entry> found =
                database.transaction(connection -> deliveries.list(connection, target.name(), wanted, after, most + 1));
        if (found.size() <= most) {
            return new Page(found, Optional.empty());
        }
        List<DeliveryList.Entry> page = found.subList(0, most);
        return new Page(page, Optional.of(page.getLast().id()));
    }

    @POST
    @Path("/{name}/retries")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("admin")
    @Operation(
            operationId = "retryDeliveries",
            summary = "Tries now what the target does not have, what was given up included: all of it, or one delivery")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Retried.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such target",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Retried retry(@PathParam("name") String name, Retry retry) throws SQLException {
        Target target = target(name);
        Optional<String> one = retry == null ? Optional.empty() : retry.delivery();
        int retried =
                database.transaction(connection -> deliveries.retry(connection, target.name(), one, clock.instant()));
        LOG.infof(
                "%s has %d deliveries to the webhook %s tried again",
                identity.getPrincipal().getName(), retried, name);
        deliverers.wake();
        return new Retried(retried);
    }

    private Target target(String name) {
        return targets.all().stream()
                .filter(target -> target.name().equals(name))
                .findAny()
                .orElseThrow(() -> Problem.notFound("There is no webhook of this name"));
    }

    private static DeliveryList.State state(String word) {
        return Arrays.stream(DeliveryList.State.values())
                .filter(state -> state.word().equals(word))
                .findAny()
                .orElseThrow(() -> Problem.badParameter("state", "state is pending, delivered or failed"));
    }
}
