package org.signetmail.policy.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;

/** Own or send-as; needed when From has several addresses. */
class SenderTest {
    private final Check check = new Sender();

    @Test
    void ownAndSendAsPass() {
        assertInstanceOf(Pass.class, answer(Accounts.OWN, Accounts.OWN));
        assertInstanceOf(Pass.class, answer(Accounts.SEND_AS, Accounts.OWN));
    }

    @Test
    void noSenderPassesWithOneFrom() {
        assertInstanceOf(Pass.class, answer(null, Accounts.OWN));
    }

    @Test
    void noSenderIsAViolationWithTwo() {
        Violation violation = assertInstanceOf(Violation.class, answer(null, Accounts.OWN, Accounts.SEND_AS));
        assertEquals(Reason.SENDER, violation.reason());
        assertEquals(Optional.empty(), violation.address());
    }

    @Test
    void sendOnBehalfAndForeignAreViolations() {
        assertEquals(violation(Accounts.ON_BEHALF), answer(Accounts.ON_BEHALF, Accounts.OWN));
        assertEquals(violation(Accounts.FOREIGN), answer(Accounts.FOREIGN, Accounts.OWN));
    }

    private Answer answer(String sender, String... from) {
        return check.answer(Accounts.from(List.of(from), sender), Accounts.carol());
    }

    private static Violation violation(String address) {
        return Violation.notAllowed(Reason.SENDER, "Sender", address, Accounts.carol());
    }
}
