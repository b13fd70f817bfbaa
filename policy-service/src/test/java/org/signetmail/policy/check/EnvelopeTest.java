package org.signetmail.policy.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.Facts.Unread;
import org.signetmail.policy.originator.SignIn;

/** MAIL FROM is null, own or send-as, and may be judged without a header. */
class EnvelopeTest {
    private final Check check = new Envelope();

    @Test
    void theNullSenderPasses() {
        assertInstanceOf(Pass.class, answer(""));
    }

    @Test
    void ownAndSendAsPass() {
        assertInstanceOf(Pass.class, answer(Accounts.OWN));
        assertInstanceOf(Pass.class, answer(Accounts.SEND_AS));
    }

    @Test
    void sendOnBehalfAndForeignAreViolations() {
        assertEquals(violation(Accounts.ON_BEHALF), answer(Accounts.ON_BEHALF));
        assertEquals(violation(Accounts.FOREIGN), answer(Accounts.FOREIGN));
        assertTrue(violation(Accounts.ON_BEHALF).detail().isPresent());
        assertFalse(violation(Accounts.FOREIGN).detail().isPresent());
    }

    private Answer answer(String mailFrom) {
        return check.answer(new Facts(SignIn.UNKNOWN, mailFrom, new Unread()), Accounts.carol());
    }

    private static Violation violation(String address) {
        return Violation.notAllowed(Reason.ENVELOPE, "MAIL FROM", address, Accounts.carol());
    }
}
