package org.signetmail.directory.importing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.DirectoryMetrics;
import org.signetmail.directory.changes.Backlog;
import org.signetmail.directory.database.DatabaseFailure;
import org.signetmail.directory.problem.Refused;

/** Writes accounts from a stream of any length, one JSON document a line, each as PUT would; answers while it reads. */
@Path("/api/v1/imports")
@RunOnVirtualThread
public class ImportResource {
    private static final Logger LOG = Logger.getLogger(ImportResource.class);
    private static final String NDJSON = "application/x-ndjson";
    private static final Pattern LINE_NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final int LONGEST_LINE = 1 << 18;

    private final LineReader reader;
    private final LineWriter writer;
    private final Backlog backlog;
    private final DirectoryMetrics metrics;
    private final DirectoryConfig config;
    private final ObjectMapper json;

    ImportResource(
            LineReader reader,
            LineWriter writer,
            Backlog backlog,
            DirectoryMetrics metrics,
            DirectoryConfig config,
            ObjectMapper json) {
        this.reader = reader;
        this.writer = writer;
        this.backlog = backlog;
        this.metrics = metrics;
        this.config = config;
        this.json = json;
    }

    @POST
    @RolesAllowed("admin")
    @Consumes(NDJSON)
    @Produces(NDJSON)
    @Operation(
            summary = "Imports accounts, one a line, from the given line on; answers faults and progress, one a line")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = NDJSON,
                            schema =
                                    @Schema(
                                            oneOf = {
                                                ImportReport.Fault.class,
                                                ImportReport.Progress.class,
                                                ImportReport.Aborted.class
                                            })))
    public StreamingOutput post(
            InputStream body,
            @RestQuery @DefaultValue("1") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String from) {
        if (!LINE_NUMBER.matcher(from).matches()) {
            throw Refused.invalid("from", "A line's number is required, and the first line is 1");
        }
        return output -> run(body, Long.parseLong(from), output);
    }

    private void run(InputStream body, long from, OutputStream output) throws IOException {
        ImportRun.Answer answer = report -> {
            output.write(json.writeValueAsBytes(report));
            output.write('\n');
            output.flush();
        };
        try {
            new ImportRun(reader, writer, backlog, metrics, config.imports(), answer)
                    .run(new BoundedLines(body, LONGEST_LINE), from);
        } catch (DatabaseFailure e) {
            // The status is sent; the last line says it instead.
            LOG.warn("An import was aborted", e);
            answer.write(new ImportReport.Aborted(
                    false, "The database failed; lines after the last progress are not written"));
        }
    }
}
