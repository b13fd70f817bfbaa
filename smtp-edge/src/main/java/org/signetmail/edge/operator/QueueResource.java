package org.signetmail.edge.operator;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.signetmail.edge.event.NotAcknowledged;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.edge.queue.Orders;
import org.signetmail.edge.queue.QueueOrder;
import org.signetmail.edge.queue.QueueOrder.Action;
import org.signetmail.edge.relay.RouteNames;

/** What waits to be delivered, for operators. */
@Path("/api/v1/queue")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@RunOnVirtualThread
@APIResponse(
        responseCode = "400",
        description = "A parameter is wrong; the problem's field names it",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class QueueResource {
    private static final int MOST = 200;
    private static final int USUAL = 50;
    private static final int LONGEST_REASON = 200;

    private final QueueReader reader;
    private final Orders orders;
    private final OutboundWriter outbound;
    private final RouteNames routes;
    private final SecurityIdentity identity;

    QueueResource(
            QueueReader reader, Orders orders, OutboundWriter outbound, RouteNames routes, SecurityIdentity identity) {
        this.reader = reader;
        this.orders = orders;
        this.outbound = outbound;
        this.routes = routes;
        this.identity = identity;
    }

    @GET
    @RolesAllowed({"admin", "auditor"})
    @Operation(summary = "Messages that were set aside or are held; those that are being tried are not among them")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Waiting.Page.class)))
    public Waiting.Page list(
            @Parameter(description = "Name of a route, or domain of a recipient") @QueryParam("destination")
                    Optional<String> destination,
            @Parameter(description = "Login of the account that submitted them") @QueryParam("account")
                    Optional<String> account,
            @Parameter(description = "The next of the page before") @QueryParam("after") Optional<String> after,
            @Parameter(
                            description = "Most messages of a page, up to 200; 50 without it",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    Optional<String> limit) {
        int most = limit.map(QueueResource::limit).orElse(USUAL);
        Optional<Place> behind = after.map(text -> Place.of(text)
                .orElseThrow(() -> Problem.badParameter("after", "after is the next of the page before")));
        List<QueueReader.Entry> found = reader.list(
                behind,
                entry -> destination.map(name -> goesTo(entry, name)).orElse(true)
                        && account.map(login -> entry.envelope().account().equals(Optional.of(login)))
                                .orElse(true),
                most + 1);
        List<QueueReader.Entry> page = found.subList(0, Math.min(found.size(), most));
        Optional<String> next = found.size() <= most
                ? Optional.empty()
                : Optional.of(
                        new Place(page.getLast().partition(), page.getLast().offset()).text());
        return new Waiting.Page(page.stream().map(this::waiting).toList(), next);
    }

    @POST
    @Path("/{id}/retry")
    @Operation(
            summary = "Tries it now",
            description = "What its sender wants to be held until some time waits for that time nevertheless")
    @APIResponse(responseCode = "204", description = "It is being tried")
    @APIResponse(responseCode = "404", description = "No such message waits")
    @APIResponse(responseCode = "409", description = "It is held by an operator: release it first")
    public void retry(@PathParam("id") String id) throws NotAcknowledged {
        List<QueueReader.Found> found = found(id);
        if (orders.of(id).isPresent()) {
            throw Problem.conflict("An operator's order for it is in force: release it first");
        }
        move(found, "retry");
    }

    @POST
    @Path("/{id}/hold")
    @Operation(summary = "Holds it until it is released")
    @APIResponse(responseCode = "204", description = "It is held")
    @APIResponse(responseCode = "404", description = "No such message waits")
    public void hold(
            @PathParam("id") String id,
            @Parameter(description = "Why, for the record", required = true) @QueryParam("reason")
                    Optional<String> reason)
            throws NotAcknowledged {
        String why = reason(reason);
        var _ = found(id);
        orders.give(order(id, Action.HOLD, why));
    }

    @POST
    @Path("/{id}/release")
    @Operation(summary = "Ends a hold; the message is tried now")
    @APIResponse(responseCode = "204", description = "It is being tried")
    @APIResponse(responseCode = "404", description = "No such message is held")
    public void release(@PathParam("id") String id) throws NotAcknowledged {
        boolean held =
                orders.of(id).filter(order -> order.action() == Action.HOLD).isPresent();
        if (!held) {
            throw Problem.notFound("No such message is held");
        }
        List<QueueReader.Found> found = found(id);
        orders.end(id);
        move(found, "release");
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Gives it up; its sender gets the report of a failure, which names the reason")
    @APIResponse(responseCode = "204", description = "It is being given up")
    @APIResponse(responseCode = "404", description = "No such message waits")
    public void delete(
            @PathParam("id") String id,
            @Parameter(description = "Why, for the record and the sender", required = true) @QueryParam("reason")
                    Optional<String> reason)
            throws NotAcknowledged {
        String why = reason(reason);
        List<QueueReader.Found> found = found(id);
        orders.give(order(id, Action.DELETE, why));
        move(found, why);
    }

    /** Another copy goes to the front; only when that is durable is the old one to be passed over. */
    private void move(List<QueueReader.Found> copies, String reason) throws NotAcknowledged {
        for (QueueReader.Found found : copies) {
            outbound.write(found.message());
            orders.giveMoved(
                    order(found.message().id(), Action.MOVED, reason),
                    found.entry().partition(),
                    found.entry().offset());
        }
    }

    private List<QueueReader.Found> found(String id) {
        List<QueueReader.Found> found = reader.find(id);
        if (found.isEmpty()) {
            throw Problem.notFound("No such message waits");
        }
        return found;
    }

    private QueueOrder order(String id, Action action, String reason) {
        return new QueueOrder(
                id, action, identity.getPrincipal().getName(), Clock.systemUTC().instant(), reason);
    }

    private boolean goesTo(QueueReader.Entry entry, String destination) {
        return routes.of(entry.envelope().recipients()).contains(destination)
                || entry.envelope().recipients().stream()
                        .anyMatch(address ->
                                address.substring(address.lastIndexOf('@') + 1).equalsIgnoreCase(destination));
    }

    private Waiting waiting(QueueReader.Entry entry) {
        var envelope = entry.envelope();
        return new Waiting(
                envelope.id(),
                envelope.account(),
                envelope.mailFrom(),
                envelope.recipients(),
                routes.of(envelope.recipients()),
                envelope.attempt(),
                envelope.receivedAt(),
                entry.due(),
                envelope.parameters().holdUntil(),
                orders.of(envelope.id()));
    }

    private static String reason(Optional<String> reason) {
        return reason.map(String::strip)
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_REASON)
                .filter(text -> text.chars().noneMatch(c -> c < ' ' || c == 0x7f))
                .orElseThrow(() -> Problem.badParameter("reason", "reason is a line of 1 to 200 characters"));
    }

    private static int limit(String text) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw Problem.badParameter("limit", "limit is a number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }
}
