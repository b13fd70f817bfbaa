package org.signetmail.edge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.auth.AccessTokens.Check;
import org.signetmail.local.process.Ports;

/** Tokens of an issuer that is really asked over HTTP: the good ones, the forged ones, and what happens without it. */
class IssuerTokensTest {
    private static final Check ALICE = new Check.Valid("alice", Set.of("alice", "alice@example.test"));
    private static final Check INVALID = new Check.Invalid();
    private static final Check UNAVAILABLE = new Check.Unavailable();

    private static final PublicJsonWebKey RSA = rsa("rsa");
    private static final PublicJsonWebKey EC = ec("ec");

    private final FakeIssuer issuer = new FakeIssuer(RSA, EC);
    private final IssuerTokens tokens = tokens(issuer.url());

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aTokenOfTheIssuerNamesItsAccount() throws Exception {
        assertEquals(ALICE, tokens.check(FakeIssuer.signed(issuer.claims(), RSA)));
        assertEquals(ALICE, tokens.check(FakeIssuer.signed(issuer.claims(), EC)));
        assertEquals(1, issuer.keysRead.get());
    }

    @Test
    void anotherClaimMayNameTheAccount() throws Exception {
        var bySubject = new IssuerTokens(issuer.url(), FakeIssuer.AUDIENCE, "sub", Duration.ofSeconds(5));
        assertEquals(
                new Check.Valid("1234", Set.of("1234", "alice@example.test")),
                bySubject.check(FakeIssuer.signed(issuer.claims(), RSA)));
    }

    @Test
    void aTokenForAnotherServiceIsRefused() throws Exception {
        JwtClaims claims = issuer.claims();
        claims.setAudience("calendar");
        assertRefused(claims);
        claims.unsetClaim("aud");
        assertRefused(claims);
        claims.setAudience("calendar", FakeIssuer.AUDIENCE);
        assertEquals(ALICE, tokens.check(FakeIssuer.signed(claims, RSA)));
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        JwtClaims claims = issuer.claims();
        NumericDate past = NumericDate.now();
        past.addSeconds(-60);
        claims.setExpirationTime(past);
        assertRefused(claims);
        claims.unsetClaim("exp");
        assertRefused(claims);
    }

    @Test
    void aTokenThatIsNotValidYetIsRefused() throws Exception {
        JwtClaims claims = issuer.claims();
        NumericDate later = NumericDate.now();
        later.addSeconds(120);
        claims.setNotBefore(later);
        assertRefused(claims);
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() throws Exception {
        JwtClaims claims = issuer.claims();
        claims.setIssuer(issuer.url() + "/");
        assertRefused(claims);
        claims.unsetClaim("iss");
        assertRefused(claims);
    }

    @Test
    void aTokenWithoutAnAccountIsRefused() throws Exception {
        JwtClaims claims = issuer.claims();
        claims.setClaim("preferred_username", 5);
        assertRefused(claims);
        claims.setStringClaim("preferred_username", "");
        assertRefused(claims);
        claims.unsetClaim("preferred_username");
        assertRefused(claims);
    }

    @Test
    void anotherKeyOfTheSameNameIsRefused() throws Exception {
        assertEquals(INVALID, tokens.check(FakeIssuer.signed(issuer.claims(), rsa("rsa"))));
        assertEquals(INVALID, tokens.check(FakeIssuer.signed(issuer.claims(), ec("ec"))));
    }

    @Test
    void aTokenThatIsNotSignedIsRefused() throws Exception {
        var signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        signature.setPayload(issuer.claims().toJson());
        assertEquals(INVALID, tokens.check(signature.getCompactSerialization()));
    }

    /** RFC 8725 section 2.1: the public key, which everybody has, used as the secret of an HMAC. */
    @Test
    void thePublicKeyIsNoSecret() throws Exception {
        for (byte[] secret : List.of(
                RSA.getPublicKey().getEncoded(),
                pem(RSA).getBytes(StandardCharsets.US_ASCII),
                RSA.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8))) {
            var signature = new JsonWebSignature();
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
            signature.setKeyIdHeaderValue("rsa");
            signature.setKey(new HmacKey(secret));
            signature.setPayload(issuer.claims().toJson());
            assertEquals(INVALID, tokens.check(signature.getCompactSerialization()));
        }
    }

    @Test
    void whatIsNoTokenIsRefused() throws Exception {
        String token = FakeIssuer.signed(issuer.claims(), RSA);
        for (String text :
                List.of("", "x", "a.b.c", "..", token.substring(1), token.substring(0, token.lastIndexOf('.') + 1))) {
            assertEquals(INVALID, tokens.check(text), text);
        }
    }

    /** A new key is read when a token names it, and however many strange keys are named, not again for a while. */
    @Test
    void aNewKeyIsFoundAndStrangeKeysAreNotAskedForEachTime() throws Exception {
        PublicJsonWebKey renewed = rsa("renewed");
        issuer.keys = List.of(renewed);
        assertEquals(ALICE, tokens.check(FakeIssuer.signed(issuer.claims(), renewed)));
        int read = issuer.keysRead.get();
        for (int i = 0; i < 5; i++) {
            assertEquals(INVALID, tokens.check(FakeIssuer.signed(issuer.claims(), ec("strange" + i))));
        }
        assertEquals(read, issuer.keysRead.get());
    }

    @Test
    void anIssuerThatDoesNotAnswerIsNoDenial() throws Exception {
        issuer.status = 503;
        String token = FakeIssuer.signed(issuer.claims(), RSA);
        assertEquals(UNAVAILABLE, tokens.check(token));
        issuer.status = 200;
        assertEquals(ALICE, tokens.check(token));
    }

    @Test
    void keysOnceReadOutliveTheIssuer() throws Exception {
        String token = FakeIssuer.signed(issuer.claims(), RSA);
        assertEquals(ALICE, tokens.check(token));
        issuer.close();
        assertEquals(ALICE, tokens.check(token));
    }

    @Test
    void nobodyThere() throws Exception {
        String url = "http://127.0.0.1:" + Ports.free();
        assertEquals(UNAVAILABLE, tokens(url).check(FakeIssuer.signed(issuer.claims(), RSA)));
    }

    /** Its keys would be those of somebody else (OpenID Connect Discovery section 4.3). */
    @Test
    void aDiscoveryDocumentOfAnotherIssuerIsNotBelieved() throws Exception {
        issuer.claimedIssuer = "https://other.example.test";
        assertEquals(UNAVAILABLE, tokens.check(FakeIssuer.signed(issuer.claims(), RSA)));
    }

    private void assertRefused(JwtClaims claims) throws JoseException {
        assertEquals(INVALID, tokens.check(FakeIssuer.signed(claims, RSA)));
    }

    private static IssuerTokens tokens(String url) {
        return new IssuerTokens(url, FakeIssuer.AUDIENCE, "preferred_username", Duration.ofSeconds(5));
    }

    private static PublicJsonWebKey rsa(String id) {
        return key(id, AlgorithmIdentifiers.RSA_USING_SHA256, () -> RsaJwkGenerator.generateJwk(2048));
    }

    private static PublicJsonWebKey ec(String id) {
        return key(
                id,
                AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
                () -> EcJwkGenerator.generateJwk(EllipticCurves.P256));
    }

    private interface Generator {
        PublicJsonWebKey generate() throws JoseException;
    }

    private static PublicJsonWebKey key(String id, String algorithm, Generator generator) {
        try {
            PublicJsonWebKey key = generator.generate();
            key.setKeyId(id);
            key.setAlgorithm(algorithm);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException("No key", e);
        }
    }

    private static String pem(PublicJsonWebKey key) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.getPublicKey().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
    }
}
