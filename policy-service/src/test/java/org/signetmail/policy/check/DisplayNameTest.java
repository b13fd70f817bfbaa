package org.signetmail.policy.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.signetmail.policy.check.Answer.CannotTell;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.Facts.Malformed;
import org.signetmail.policy.originator.Mode;

/** Names may show what the account may use in any way; what else follows is configured, within the account's mode. */
class DisplayNameTest {
    private final Check check = new DisplayName(DisplayNameAddress.REJECT);

    @Test
    void namesWithoutAnAddressPass() {
        assertInstanceOf(Pass.class, answer(null));
    }

    @Test
    void ownSendAsAndOnBehalfPass() {
        assertInstanceOf(Pass.class, answer(null, Accounts.OWN, Accounts.SEND_AS, Accounts.ON_BEHALF));
    }

    @Test
    void aForeignOneIsAViolation() {
        assertEquals(violation("From"), answer(null, Accounts.OWN, Accounts.FOREIGN));
    }

    @Test
    void withASenderEitherFieldMayShowIt() {
        assertEquals(violation("From, Sender"), answer(Accounts.OWN, Accounts.FOREIGN));
    }

    @Test
    void allowedMeansNotLookedAt() {
        Check allowing = new DisplayName(DisplayNameAddress.ALLOW);
        assertInstanceOf(Pass.class, allowing.answer(Accounts.shown(null, Accounts.FOREIGN), Accounts.carol()));
    }

    @Test
    void aHeaderThatDidNotParseCannotBeTold() {
        assertInstanceOf(
                CannotTell.class,
                check.answer(Accounts.header(new Malformed("From", "Two From fields")), Accounts.carol()));
    }

    @Test
    void itNeverDoesMoreThanTheModeOfTheAccount() {
        assertUnder(DisplayNameAddress.REJECT, Mode.ENFORCE, Mode.REPORT, Mode.OFF);
        assertUnder(DisplayNameAddress.REPORT, Mode.REPORT, Mode.REPORT, Mode.OFF);
        assertUnder(DisplayNameAddress.ALLOW, Mode.OFF, Mode.OFF, Mode.OFF);
    }

    private static void assertUnder(DisplayNameAddress consequence, Mode enforce, Mode report, Mode off) {
        Check configured = new DisplayName(consequence);
        assertEquals(enforce, configured.under(Mode.ENFORCE));
        assertEquals(report, configured.under(Mode.REPORT));
        assertEquals(off, configured.under(Mode.OFF));
    }

    private Answer answer(String sender, String... shown) {
        return check.answer(Accounts.shown(sender, shown), Accounts.carol());
    }

    private static Violation violation(String field) {
        return Violation.notAllowed(Reason.DISPLAY_NAME, field, Accounts.FOREIGN, Accounts.carol());
    }
}
