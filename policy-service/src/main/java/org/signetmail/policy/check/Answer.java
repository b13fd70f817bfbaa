package org.signetmail.policy.check;

import java.util.Optional;
import org.signetmail.policy.originator.Allowance;

/** The answer of one rule. Words are for people who read the explanation of a verdict. */
public sealed interface Answer {
    String words();

    record Pass(String words) implements Answer {}

    /**
     * @param field MAIL FROM or the header field at fault
     * @param address the originator that the account may not use, when it is about one
     */
    record Violation(Reason reason, String field, Optional<String> address, String words) implements Answer {
        private static final String NOT_ALLOWED = "The account may not use this address";

        static Violation notAllowed(Reason reason, String field, String address, Allowance allowance) {
            return new Violation(
                    reason,
                    field,
                    Optional.of(address),
                    allowance.obstacle(address).orElse(NOT_ALLOWED));
        }

        /** What reason and address do not say already. */
        public Optional<String> detail() {
            return words.equals(NOT_ALLOWED) ? Optional.empty() : Optional.of(words);
        }
    }

    /** Not a permission and not a denial: the submission is deferred. */
    record CannotTell(String words) implements Answer {}
}
