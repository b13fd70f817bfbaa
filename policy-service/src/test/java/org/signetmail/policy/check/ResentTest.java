package org.signetmail.policy.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;

/** Both fields of every block. */
class ResentTest {
    private final Check check = new Resent();

    @Test
    void noResentFieldsPass() {
        assertInstanceOf(Pass.class, answer(List.of(), List.of()));
    }

    @Test
    void ownAndSendAsPass() {
        assertInstanceOf(Pass.class, answer(List.of(Accounts.OWN, Accounts.SEND_AS), List.of(Accounts.SEND_AS)));
    }

    @Test
    void oneForeignAddressInAnyBlockIsAViolation() {
        assertEquals(
                Violation.notAllowed(Reason.RESENT, "Resent-From", Accounts.FOREIGN, Accounts.carol()),
                answer(List.of(Accounts.OWN, Accounts.FOREIGN), List.of(Accounts.OWN)));
        assertEquals(
                Violation.notAllowed(Reason.RESENT, "Resent-Sender", Accounts.ON_BEHALF, Accounts.carol()),
                answer(List.of(Accounts.OWN), List.of(Accounts.OWN, Accounts.ON_BEHALF)));
    }

    private Answer answer(List<String> resentFrom, List<String> resentSender) {
        return check.answer(Accounts.resent(resentFrom, resentSender), Accounts.carol());
    }
}
