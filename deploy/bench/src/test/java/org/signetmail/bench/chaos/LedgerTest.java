package org.signetmail.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.signetmail.bench.chaos.Sent.Answer;

class LedgerTest {
    private static final Sent ACCEPTED = new Sent("chaos1-1", false, Answer.ACCEPTED);
    private static final Sent DEFERRED = new Sent("chaos1-2", false, Answer.DEFERRED);
    private static final Sent UNANSWERED = new Sent("chaos1-3", false, Answer.NONE);
    private static final Sent REFUSED = new Sent("chaos1-10", true, Answer.REFUSED);
    private static final List<Sent> ALL = List.of(ACCEPTED, DEFERRED, UNANSWERED, REFUSED);

    @Test
    void anAccountThatIsRight() {
        Ledger ledger = ledger(ALL, "chaos1-1@example.test\tchaos1-1", "alice@example.test\tchaos1-10");
        assertEquals(List.of(), ledger.wrongs(false));
        assertTrue(ledger.isSettled());
        assertEquals(1, ledger.delivered());
    }

    @Test
    void whatWasAcceptedMustArrive() {
        Ledger ledger = ledger(ALL, "alice@example.test\tchaos1-10");
        assertFalse(ledger.isSettled());
        assertEquals(List.of("1 accepted and lost"), ledger.wrongs(true));
    }

    @Test
    void aLineThatWasNotWrittenWholeIsNoDelivery() {
        assertEquals(1, ledger(List.of(ACCEPTED), "chaos1-1@exam").lost());
    }

    @Test
    void whatWasNotAnsweredMayArriveOrNot() {
        Ledger ledger = ledger(
                ALL,
                "chaos1-1@example.test\tchaos1-1",
                "chaos1-2@example.test\tchaos1-2",
                "chaos1-3@example.test\tchaos1-3",
                "alice@example.test\tchaos1-10");
        assertEquals(List.of(), ledger.wrongs(false));
        assertEquals(2, ledger.keptYetDelivered());
    }

    @Test
    void twiceIsAllowedWhereTheRelayLostItsConnection() {
        Ledger ledger = ledger(List.of(ACCEPTED), "chaos1-1@example.test\tchaos1-1", "chaos1-1@example.test\tchaos1-1");
        assertEquals(List.of("1 delivered twice"), ledger.wrongs(false));
        assertEquals(List.of(), ledger.wrongs(true));
    }

    @Test
    void nothingForgedGetsThrough() {
        Ledger ledger = ledger(
                ALL,
                "chaos1-1@example.test\tchaos1-1",
                "chaos1-10@example.test\tchaos1-10",
                "alice@example.test\tchaos1-10");
        assertEquals(List.of("1 forged and accepted or delivered"), ledger.wrongs(true));
    }

    @Test
    void anHonestMessageIsNeverRefused() {
        var refused = new Sent("chaos1-4", false, Answer.REFUSED);
        Ledger ledger = Records.ledger(
                List.of(ACCEPTED, refused),
                List.of("chaos1-1@example.test\tchaos1-1", "alice@example.test\tchaos1-4"),
                Set.of("chaos1-4"));
        assertEquals(List.of("1 honest and refused"), ledger.wrongs(true));
    }

    @Test
    void aRefusalIsRecordedAndReported() {
        Ledger ledger = Records.ledger(ALL, List.of("chaos1-1@example.test\tchaos1-1"), Set.of());
        assertEquals(List.of("1 refused without an incident", "1 refused without a report"), ledger.wrongs(true));
    }

    @Test
    void aPhaseInWhichNothingWasAcceptedShowsNothing() {
        assertEquals(
                List.of("1 phase without an accepted message"),
                ledger(List.of(DEFERRED)).wrongs(true));
    }

    private static Ledger ledger(List<Sent> sent, String... received) {
        return Records.ledger(sent, List.of(received), Set.of("chaos1-10"));
    }
}
