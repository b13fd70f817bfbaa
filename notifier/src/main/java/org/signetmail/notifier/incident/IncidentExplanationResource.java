package org.signetmail.notifier.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.rest.Problem;

/** Why a message was refused: as it was judged then, which the incident holds, and as it would be now. */
@Path("/api/v1/incidents/{id}/explanation")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"admin", "auditor"})
@RunOnVirtualThread
public class IncidentExplanationResource {
    private static final String NO_QUESTION = "The incident does not hold the originators of its message";

    private final IncidentResource incidents;
    private final Policy policy;
    private final ObjectMapper json;

    IncidentExplanationResource(IncidentResource incidents, Policy policy, ObjectMapper json) {
        this.incidents = incidents;
        this.policy = policy;
        this.json = json;
    }

    @GET
    @Operation(
            operationId = "explainIncident",
            summary = "The verdict of an incident, rule by rule: as it was judged then, and as it would be now")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = IncidentExplanation.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such incident",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public IncidentExplanation explain(
            @PathParam("id") String id,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization)
            throws SQLException, JsonProcessingException {
        Incident.Details incident = incidents.find(id);
        Rejection rejection = json.readValue(incident.rejection(), Rejection.class);
        JsonNode explained = json.valueToTree(rejection.explanation().orElse(Map.of()));
        Optional<JsonNode> question = Optional.of(explained.path("question")).filter(JsonNode::isObject);
        Policy.Answer now = question.map(asked -> policy.explain(asked, authorization))
                .orElseGet(() -> new Policy.Unavailable(NO_QUESTION));
        IncidentExplanation.Then then = then(rejection, explained.path("rules"));
        return switch (now) {
            case Policy.Explained(var explanation) ->
                new IncidentExplanation(
                        incident.id(), rejection.account(), then, Optional.of(explanation), Optional.empty());
            case Policy.Unavailable(String why) ->
                new IncidentExplanation(incident.id(), rejection.account(), then, Optional.empty(), Optional.of(why));
        };
    }

    private IncidentExplanation.Then then(Rejection rejection, JsonNode rules) throws JsonProcessingException {
        return new IncidentExplanation.Then(
                rejection.rejectedAt(),
                rejection.enforced(),
                rejection.mode(),
                rejection.violation(),
                rejection.directoryVersion(),
                rejection.allowed(),
                rules.isArray() ? List.of(json.treeToValue(rules, IncidentExplanation.Rule[].class)) : List.of());
    }
}
