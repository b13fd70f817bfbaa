package org.signetmail.directory.finding;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.signetmail.directory.address.Skeletons;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.finding.Rule.Found;
import org.signetmail.directory.problem.PageLimit;
import org.signetmail.directory.problem.Refused;

/** The linter: goes through the directory page by page, one kind of finding after the other. */
@Path("/api/v1/findings")
@RunOnVirtualThread
public class FindingResource {
    private static final List<Rule> RULES = Stream.concat(AddressRules.ALL.stream(), GrantRules.ALL.stream())
            .sorted(Comparator.comparing(Rule::kind))
            .toList();
    private static final char SEPARATOR = '/';

    /** A page may be empty and not the last; next, unless this was the last page, is what to give as {@code after}. */
    public record FindingPage(List<Finding> findings, Optional<String> next) {}

    /** Where a page begins: behind a key of a kind. */
    private record Place(Kind kind, String key) {
        private String text() {
            return kind.text() + SEPARATOR + key;
        }
    }

    private final Database database;
    private final Skeletons skeletons;

    public FindingResource(Database database, Skeletons skeletons) {
        this.database = database;
        this.skeletons = skeletons;
    }

    @GET
    @RolesAllowed({"admin", "auditor"})
    @Operation(summary = "What is allowed in the directory and probably not meant, with what would mend it")
    public FindingPage list(
            @RestQuery Optional<String> kind,
            @RestQuery Optional<String> after,
            @RestQuery @DefaultValue(PageLimit.DEFAULT) PageLimit limit) {
        Optional<Kind> only = kind.map(
                text -> Kind.of(text).orElseThrow(() -> Refused.invalid("kind", "No kind of finding is called that")));
        Optional<Place> start = after.map(FindingResource::place);
        if (only.isPresent() && start.isPresent() && start.get().kind() != only.get()) {
            throw Refused.invalid("after", "This is a place in the findings of another kind");
        }
        List<Rule> rules = RULES.stream()
                .filter(rule -> only.isEmpty() || rule.kind() == only.get())
                .filter(rule ->
                        start.isEmpty() || rule.kind().compareTo(start.get().kind()) >= 0)
                .toList();
        return page(rules, start, limit.value());
    }

    private FindingPage page(List<Rule> rules, Optional<Place> start, int limit) {
        var findings = new ArrayList<Finding>();
        for (Rule rule : rules) {
            String key = start.filter(place -> place.kind() == rule.kind())
                    .map(Place::key)
                    .orElse("");
            if (rule.kind() == Kind.CONFUSABLE_ADDRESS && !database.transaction(skeletons::complete)) {
                return new FindingPage(findings, Optional.of(new Place(rule.kind(), key).text()));
            }
            int room = limit - findings.size();
            List<Found> found = database.transaction(connection -> rule.find(connection, key, room));
            found.forEach(one -> findings.add(one.finding()));
            if (findings.size() == limit) {
                return new FindingPage(
                        findings,
                        Optional.of(new Place(rule.kind(), found.getLast().key()).text()));
            }
        }
        return new FindingPage(findings, Optional.empty());
    }

    private static Place place(String after) {
        int separator = after.indexOf(SEPARATOR);
        String key = after.substring(separator + 1);
        return Kind.of(after.substring(0, Math.max(separator, 0)))
                .filter(kind -> RULES.get(kind.ordinal()).isKey(key))
                .map(kind -> new Place(kind, key))
                .orElseThrow(() -> Refused.invalid("after", "This is no place that an answer named as next"));
    }
}
