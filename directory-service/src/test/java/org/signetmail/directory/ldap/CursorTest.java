package org.signetmail.directory.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CursorTest {
    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
    private static final Cursor HERE = new Cursor("ldap:389", false, "20260115085930Z", NOW);

    @Test
    void theLastSecondsAreReadOnceMore() {
        assertEquals("(modifyTimestamp>=20260115085920.000Z)", changes(HERE, later(59)));
    }

    /** The server's clock is an hour behind; it does not matter. */
    @Test
    void whatWasReachedAMinuteAgoIsNotReadAgain() {
        assertEquals("(modifyTimestamp>=20260115085931.000Z)", changes(HERE, later(61)));
    }

    @Test
    void theFirstReadingThatCameThisFarCounts() {
        assertEquals(HERE, new Cursor("ldap:389", false, "20260115085930Z", later(60)).notBefore(HERE));
        Cursor further = later60With("20260115085931Z");
        assertEquals(NOW.plusSeconds(60), further.notBefore(HERE).reachedAt());
        assertEquals("20260115085931.000Z", further.position());
    }

    @Test
    void numbersAreCountedAndOtherServersBeginAnew() {
        var numbered = new Cursor("a", true, "41", NOW);
        assertEquals("(uSNChanged>=42)", changes(numbered, later(1)));
        assertEquals(Optional.empty(), numbered.changesUntil(new Cursor("b", true, "50", NOW)));
        assertEquals(Optional.empty(), HERE.changesUntil(new Cursor("ldap:389", true, "50", NOW)));
    }

    private static Cursor later60With(String modified) {
        var entry = new Entry("uid=a,dc=example");
        entry.addAttribute("modifyTimestamp", modified);
        return new Cursor("ldap:389", false, "19700101000000Z", later(60)).with(entry);
    }

    private static String changes(Cursor since, Instant now) {
        return since.changesUntil(new Cursor(since.server(), since.numbered(), "0", now))
                .map(Filter::toString)
                .orElseThrow();
    }

    private static Instant later(int seconds) {
        return NOW.plusSeconds(seconds);
    }
}
