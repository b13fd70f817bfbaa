package org.signetmail.directory.group;

import java.util.ArrayList;
import java.util.List;
import org.signetmail.directory.group.MemberStore.Candidate;
import org.signetmail.directory.problem.Refused;

/** What POST reads: who is to become a member, and who is to be one no more. */
public record MemberBody(List<String> add, List<String> remove) {
    private static final int MOST = 1000;

    List<Candidate> toAdd() {
        return parties("add", add);
    }

    List<Party> toRemove() {
        return parties("remove", remove).stream().map(Candidate::party).toList();
    }

    private static List<Candidate> parties(String name, List<String> given) {
        if (given == null) {
            return List.of();
        }
        if (given.size() > MOST) {
            throw Refused.invalid(name, "One request names at most " + MOST + " members; send several");
        }
        var parties = new ArrayList<Candidate>();
        for (int i = 0; i < given.size(); i++) {
            parties.add(candidate(given.get(i), name + "[" + i + "]"));
        }
        return parties;
    }

    static Candidate candidate(String text, String field) {
        return new Candidate(
                Party.of(text == null ? "" : text)
                        .orElseThrow(
                                () -> Refused.invalid(field, "A member is the login of an account, or group:name")),
                field);
    }
}
