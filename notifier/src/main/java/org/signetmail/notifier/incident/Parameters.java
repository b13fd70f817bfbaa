package org.signetmail.notifier.incident;

import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.rest.Problem;

/** The parameters of a search, as they come. */
public class Parameters {
    @Parameter(description = "Login of the account that signed in")
    @QueryParam("account")
    Optional<String> account;

    @Parameter(description = "Address that was tried, without regard to case")
    @QueryParam("address")
    Optional<String> address;

    @Parameter(description = "IP address of the submitting host, or the name that it gave itself")
    @QueryParam("host")
    Optional<String> host;

    @Parameter(description = "RFC 3339: not before this time")
    @QueryParam("from")
    Optional<String> from;

    @Parameter(description = "RFC 3339: before this time")
    @QueryParam("until")
    Optional<String> until;

    @Parameter(description = "Why it was refused: envelope, from, sender, resent, display-name, form, suspended")
    @QueryParam("reason")
    Optional<String> reason;

    /** @throws Problem.Thrown naming the parameter that is wrong */
    Search search() {
        return new Search(
                account,
                address,
                host,
                from.map(text -> time("from", text)),
                until.map(text -> time("until", text)),
                reason.map(Parameters::reason));
    }

    private static Instant time(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.badParameter(name, name + " is a time like 2026-01-15T10:00:00Z");
        }
    }

    private static Reason reason(String word) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.word().equals(word))
                .findAny()
                .orElseThrow(() -> Problem.badParameter(
                        "reason",
                        "reason is one of "
                                + Arrays.stream(Reason.values())
                                        .map(Reason::word)
                                        .collect(Collectors.joining(", "))));
    }
}
