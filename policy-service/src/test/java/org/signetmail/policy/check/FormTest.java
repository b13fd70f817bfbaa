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
import org.signetmail.policy.check.Facts.Unread;

/** Passes on what the edge found, and defers what the edge left out. */
class FormTest {
    private final Check check = new Form();

    @Test
    void aHeaderPasses() {
        assertInstanceOf(Pass.class, check.answer(Accounts.from(List.of(Accounts.FOREIGN), null), Accounts.carol()));
    }

    @Test
    void aMalformedHeaderIsAViolationInTheWordsOfTheEdge() {
        assertEquals(
                new Violation(Reason.FORM, "Sender", Optional.empty(), "Two Sender fields"),
                check.answer(Accounts.header(new Malformed("Sender", "Two Sender fields")), Accounts.carol()));
    }

    @Test
    void noFromIsAViolation() {
        assertEquals(
                new Violation(Reason.FORM, "From", Optional.empty(), "From has no address"),
                check.answer(Accounts.from(List.of(), null), Accounts.carol()));
    }

    @Test
    void whatTheEdgeDoesNotSayCannotBeTold() {
        assertInstanceOf(CannotTell.class, check.answer(Accounts.header(new Unread()), Accounts.carol()));
    }
}
