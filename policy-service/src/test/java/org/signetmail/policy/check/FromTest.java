package org.signetmail.policy.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.check.Answer.CannotTell;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.Facts.Malformed;

/** Every address counts; on behalf needs a Sender. */
class FromTest {
    private final Check check = new From();

    @Test
    void ownAndSendAsPass() {
        assertInstanceOf(Pass.class, answer(null, Accounts.OWN, Accounts.SEND_AS));
    }

    @Test
    void onBehalfPassesWithASenderOfItsOwn() {
        assertInstanceOf(Pass.class, answer(Accounts.SEND_AS, Accounts.ON_BEHALF));
    }

    @Test
    void onBehalfIsAViolationWithoutOne() {
        for (String sender : new String[] {null, Accounts.ON_BEHALF, Accounts.FOREIGN}) {
            Violation violation = assertInstanceOf(Violation.class, answer(sender, Accounts.ON_BEHALF));
            assertEquals(Optional.of(Accounts.ON_BEHALF), violation.address());
        }
    }

    @Test
    void oneForeignAddressAmongSeveralIsAViolation() {
        assertEquals(
                Violation.notAllowed(Reason.FROM, "From", Accounts.FOREIGN, Accounts.carol()),
                answer(Accounts.OWN, Accounts.OWN, Accounts.FOREIGN));
    }

    @Test
    void aHeaderThatDidNotParseCannotBeTold() {
        assertInstanceOf(
                CannotTell.class,
                check.answer(Accounts.header(new Malformed("From", "Two From fields")), Accounts.carol()));
    }

    private Answer answer(String sender, String... from) {
        return check.answer(Accounts.from(List.of(from), sender), Accounts.carol());
    }
}
