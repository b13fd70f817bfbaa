package org.signetmail.policy.judge;

import java.util.List;
import java.util.Optional;
import org.signetmail.policy.check.Answer.Violation;

/** The answer to a submission. */
public sealed interface Verdict {
    record Accept(Standing standing) implements Verdict {}

    /**
     * Mode report: it goes out, and is shown as what would have been refused.
     *
     * @param looksLike an address of the account for which the offending one may be mistaken
     * @param findings what every rule answers
     */
    record Tolerate(Standing standing, Violation violation, Optional<String> looksLike, List<Finding> findings)
            implements Verdict {}

    /** Mode off: it goes out and nobody is told; only counted, as what enforcing would refuse. */
    record Overlook(Standing standing, Violation violation) implements Verdict {}

    /**
     * @param looksLike an address of the account for which the offending one may be mistaken
     * @param findings what every rule answers
     */
    record Reject(Standing standing, Violation violation, Optional<String> looksLike, List<Finding> findings)
            implements Verdict {}

    /** @param what what could not be checked */
    record Defer(String what) implements Verdict {}
}
