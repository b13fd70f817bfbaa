package org.signetmail.directory.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.parts.Defaults;

class ScramTest {
    private final Scram scram = new Scram(Defaults.config());

    /** RFC 7677 section 3: the exchange there proves a verifier of "pencil" with that salt. */
    @Test
    void theVerifierIsTheOneOfRfc7677() {
        byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        Verifier verifier = Scram.derive("pencil".toCharArray(), salt, 4096);
        String authMessage = "n=user,r=rOprNGfwEbeRWgbNEkqO,"
                + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        assertEquals(
                "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                Base64.getEncoder()
                        .encodeToString(ScramFunctions.serverSignature(
                                ScramMechanism.SCRAM_SHA_256, verifier.serverKey(), authMessage)));
        assertTrue(ScramFunctions.verifyClientProof(
                ScramMechanism.SCRAM_SHA_256,
                Base64.getDecoder().decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="),
                verifier.storedKey(),
                authMessage));
    }

    @Test
    void aPasswordMatchesItsVerifierOnly() {
        Optional<Verifier> verifier = scram.verifier(new Password("correct horse"));
        assertEquals(4096, verifier.orElseThrow().iterations());
        assertTrue(scram.matches(verifier, new Password("correct horse")));
        assertFalse(scram.matches(verifier, new Password("correct hors")));
        assertFalse(scram.matches(verifier, new Password("")));
    }

    @Test
    void whatWasProvenCountsForThatVerifierAndPasswordAlone() {
        Optional<Verifier> verifier = scram.verifier(new Password("correct horse"));
        Optional<Verifier> changed = scram.verifier(new Password("battery staple"));
        assertTrue(scram.matches(verifier, new Password("correct horse")));
        assertTrue(scram.matches(verifier, new Password("correct horse")));
        assertFalse(scram.matches(changed, new Password("correct horse")));
        assertFalse(scram.matches(Optional.empty(), new Password("correct horse")));
        assertFalse(scram.matches(verifier, new Password("battery staple")));
    }

    @Test
    void aProvenPasswordIsNotDerivedAgainUntilItsTimeIsOver() {
        Verifier verifier = scram.verifier(new Password("correct horse")).orElseThrow();
        var endless = new Verifier(verifier.salt(), Integer.MAX_VALUE, verifier.storedKey(), verifier.serverKey());
        assertTrue(scram.matches(Optional.of(verifier), new Password("correct horse")));
        assertTrue(
                scram.matches(Optional.of(endless), new Password("correct horse")),
                "this would take half an hour to derive");
        var forgetful = new ProvenPasswords(Duration.ZERO, new SecureRandom());
        forgetful.add(verifier, "correct horse".toCharArray());
        assertFalse(forgetful.contains(verifier, "correct horse".toCharArray()));
    }

    @Test
    void withoutVerifierNothingMatches() {
        assertFalse(scram.matches(Optional.empty(), new Password("nobody")));
        assertFalse(scram.matches(Optional.empty(), new Password("-")));
    }

    /** RFC 4013: a non-ASCII space is a space, a soft hyphen nothing, and a Roman numeral its letters. */
    @Test
    void passwordsArePrepared() {
        Optional<Verifier> verifier = scram.verifier(new Password("I\u00adX y"));
        assertTrue(scram.matches(verifier, new Password("\u2168\u00a0y")));
        assertTrue(scram.verifier(new Password("bell\u0007")).isEmpty());
        assertTrue(scram.verifier(new Password("\u00ad")).isEmpty());
        assertTrue(scram.verifier(new Password("x".repeat(1025))).isEmpty());
    }

    @Test
    void aPasswordIsNotPrinted() {
        assertEquals("(password)", new Password("secret").toString());
    }
}
