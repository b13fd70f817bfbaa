package org.signetmail.policy.explain;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.signetmail.policy.check.Facts;
import org.signetmail.policy.directory.DirectoryGateway;
import org.signetmail.policy.event.ExplanationRequest;
import org.signetmail.policy.judge.Judge;
import org.signetmail.policy.judge.Mend;
import org.signetmail.policy.operation.Problem;
import org.signetmail.policy.originator.Lookup.Absent;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Lookup.Unavailable;
import org.signetmail.policy.originator.Mode;
import org.signetmail.policy.originator.Network;
import org.signetmail.policy.originator.Originators;

/**
 * Tells a postmaster which verdict a submission would get, rule by rule. An account that the directory does not have is
 * answered as its submission would be: refused as suspended, with the words that say so.
 */
@Path("/api/v1/explanations")
public class ExplanationResource {
    private static final String PROBLEM_JSON = "application/problem+json";

    private final Judge judge;
    private final DirectoryGateway directory;

    public ExplanationResource(Judge judge, DirectoryGateway directory) {
        this.judge = judge;
        this.directory = directory;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({"admin", "auditor"})
    @RunOnVirtualThread
    @Operation(
            operationId = "explain",
            summary = "The verdict that a submission would get, rule by rule",
            description = "Nothing is sent and nothing counted. An account that the directory does not have is refused"
                    + " as suspended, as its submission would be.")
    @APIResponse(
            responseCode = "200",
            description = "The explanation",
            content = @Content(schema = @Schema(implementation = Explanation.class)))
    @APIResponse(
            responseCode = "400",
            description = "The request lacks the account, has a client that is no IP address, or is no JSON",
            content = @Content(mediaType = PROBLEM_JSON, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "directory-service is unreachable: a submission would be deferred",
            content = @Content(mediaType = PROBLEM_JSON, schema = @Schema(implementation = Problem.class)))
    public Response explain(ExplanationRequest request) {
        if (request == null || request.account() == null || request.account().isBlank()) {
            return Problem.of(Status.BAD_REQUEST, "The account's login is needed", Optional.of("account"));
        }
        if (request.client().filter(client -> Network.host(client).isEmpty()).isPresent()) {
            return Problem.of(Status.BAD_REQUEST, "The client is an IP address", Optional.of("client"));
        }
        return switch (directory.find(request.account())) {
            case Found(Originators originators) -> explain(request.facts(), originators);
            case Absent _ -> explain(request.facts(), Originators.absent(request.account()));
            case Unavailable(String why) -> Problem.of(Status.SERVICE_UNAVAILABLE, why, Optional.empty());
        };
    }

    private Response explain(Facts facts, Originators originators) {
        Instant now = Instant.now();
        return Response.ok(Explanation.of(
                        originators,
                        facts.signIn(),
                        judge.judge(facts, originators, now),
                        judge.findings(facts, originators, now),
                        Mend.of(judge, facts, originators.in(Mode.ENFORCE), now),
                        now))
                .build();
    }
}
