package org.signetmail.policy.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.signetmail.policy.directory.DirectoryGateway;
import org.signetmail.policy.judge.Judge;
import org.signetmail.policy.operation.PolicyConfig;
import org.signetmail.policy.operation.Problem;
import org.signetmail.policy.replay.SubmissionLog.Stopped;

/**
 * Judges what was submitted in the last days against the directory as it would be, so that enforcement is switched on
 * without fear. The answer is a stream, and the state of a replay is its connection: any pod serves it, and a client that
 * goes away ends it (decision 42).
 */
@Path("/api/v1/replays")
public class ReplayResource {
    private static final Logger LOG = Logger.getLogger(ReplayResource.class);
    private static final String NDJSON = "application/x-ndjson";
    private static final String PROBLEM_JSON = "application/problem+json";

    private static final String BUSY = "A replay is under way; try again when it has ended";

    private final Judge judge;
    private final DirectoryGateway directory;
    private final SubmissionLog log;
    private final PolicyConfig config;
    private final ObjectMapper json;
    private final Semaphore one = new Semaphore(1);

    ReplayResource(Judge judge, DirectoryGateway directory, SubmissionLog log, PolicyConfig config, ObjectMapper json) {
        this.judge = judge;
        this.directory = directory;
        this.log = log;
        this.config = config;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(NDJSON)
    @RolesAllowed({"admin", "auditor"})
    @Blocking // not on a virtual thread: it computes for minutes, and would keep others from their carrier
    @Operation(
            operationId = "replay",
            summary = "What would be refused of the last days' submissions, with what is proposed",
            description =
                    "Judged as if submitted now. Nothing is written, nothing counted. The last line has done=true.")
    @APIResponse(
            responseCode = "200",
            description = "Progress, one a line, then the result",
            content =
                    @Content(
                            mediaType = NDJSON,
                            schema =
                                    @Schema(
                                            oneOf = {
                                                ReplayReport.Progress.class,
                                                ReplayReport.Result.class,
                                                ReplayReport.Aborted.class
                                            })))
    @APIResponse(
            responseCode = "400",
            description = "A proposal that cannot be judged; field says which",
            content = @Content(mediaType = PROBLEM_JSON, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "429",
            description = "Another replay is under way here",
            content = @Content(mediaType = PROBLEM_JSON, schema = @Schema(implementation = Problem.class)))
    public Response replay(ReplayRequest request) {
        if (request == null) {
            return Problem.of(Status.BAD_REQUEST, "A body is needed, at least {}", Optional.empty());
        }
        Proposal proposal;
        try {
            proposal = Proposal.of(request, directory::ask);
        } catch (Unacceptable e) {
            return Problem.of(Status.BAD_REQUEST, e.getMessage(), Optional.of(e.field()));
        }
        if (one.availablePermits() == 0) {
            return Problem.of(Status.TOO_MANY_REQUESTS, BUSY, Optional.empty());
        }
        return Response.ok((StreamingOutput) output -> answer(proposal, output)).build();
    }

    private void answer(Proposal proposal, OutputStream output) throws IOException {
        ReplayRun.Answer lines = report -> {
            output.write(json.writeValueAsBytes(report));
            output.write('\n');
            output.flush();
        };
        if (!one.tryAcquire()) {
            lines.write(new ReplayReport.Aborted(false, BUSY));
            return;
        }
        try {
            new ReplayRun(
                            proposal,
                            proposal.displayNameAddress().map(Judge::new).orElse(judge),
                            directory::ask,
                            config.replay(),
                            lines)
                    .run(log);
        } catch (Stopped | KafkaException e) {
            LOG.warnf("A replay was aborted: %s", e.getMessage());
            lines.write(new ReplayReport.Aborted(false, e.getMessage()));
        } finally {
            one.release();
        }
    }
}
