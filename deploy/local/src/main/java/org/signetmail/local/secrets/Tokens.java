package org.signetmail.local.secrets;

import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Bearer tokens as an OIDC issuer would make them: JWT with a groups claim, signed with RS256. */
final class Tokens {
    private static final Duration VALID = Duration.ofDays(3652);

    private Tokens() {}

    static String mint(Role role, PrivateKey key) {
        var claims = new JwtClaims();
        claims.setIssuer("signet-local");
        claims.setSubject("local-" + role.label());
        claims.setStringClaim("upn", "local-" + role.label());
        claims.setStringListClaim("groups", List.of(role.label()));
        claims.setIssuedAtToNow();
        claims.setExpirationTime(
                NumericDate.fromSeconds(Instant.now().plus(VALID).getEpochSecond()));
        claims.setGeneratedJwtId();
        var signature = new JsonWebSignature();
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("Cannot sign a token for " + role.label(), e);
        }
    }
}
