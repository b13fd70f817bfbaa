package org.signetmail.policy.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.originator.AccountState;
import org.signetmail.policy.originator.Mode;
import org.signetmail.policy.originator.SignIn;

/** Answers by the account's state alone. */
class SuspendedTest {
    private final Check check = new Suspended();

    @Test
    void anEnabledAccountPasses() {
        assertInstanceOf(Pass.class, answer(AccountState.ENABLED));
    }

    @Test
    void aSuspendedOneIsToldWhy() {
        assertEquals(violation("The account is suspended: It tried 20 addresses"), answer(AccountState.SUSPENDED));
    }

    @Test
    void anApplicationPasswordThatIsGoneIsRefusedAndOneThatIsThereIsNot() {
        assertEquals(violation("The application password of this sign-in was revoked"), answer(signedInWith("gone")));
        assertInstanceOf(Pass.class, answer(signedInWith("printer")));
    }

    @Test
    void aDisabledOneIsSuspended() {
        assertEquals(violation("The account is disabled"), answer(AccountState.DISABLED));
    }

    @Test
    void anAbsentOneIsSuspended() {
        assertEquals(violation("The account is not in the directory"), answer(AccountState.ABSENT));
    }

    @Test
    void itStandsInEveryMode() {
        for (Mode mode : Mode.values()) {
            assertEquals(Mode.ENFORCE, check.under(mode));
            assertEquals(mode, new From().under(mode));
        }
    }

    private Answer answer(AccountState state) {
        return check.answer(Accounts.from(List.of(Accounts.OWN), null), Accounts.carol(state));
    }

    private Answer answer(SignIn signIn) {
        return check.answer(Accounts.from(List.of(Accounts.OWN), null), Accounts.carol(AccountState.ENABLED, signIn));
    }

    private static SignIn signedInWith(String credential) {
        return SignIn.of(Optional.empty(), Optional.of(credential));
    }

    private static Violation violation(String words) {
        return new Violation(Reason.SUSPENDED, "MAIL FROM", Optional.empty(), words);
    }
}
