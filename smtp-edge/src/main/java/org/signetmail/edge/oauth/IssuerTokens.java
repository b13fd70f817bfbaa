package org.signetmail.edge.oauth;

import static org.jose4j.jwa.AlgorithmConstraints.ConstraintType.PERMIT;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.signetmail.edge.auth.AccessTokens;

/** Signed tokens (RFC 7519, RFC 9068) of one OpenID Connect issuer, for one audience. Tokens are never logged. */
final class IssuerTokens implements AccessTokens {
    private static final Logger LOG = Logger.getLogger(IssuerTokens.class);
    private static final int CLOCK_SKEW_SECONDS = 30;

    /** Public-key signatures only: with an HMAC the issuer's public key would be the secret (RFC 8725 section 2.1). */
    private static final AlgorithmConstraints ALGORITHMS = new AlgorithmConstraints(
            PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);

    private final JwtConsumer consumer;
    private final String accountClaim;

    /** @param accountClaim which claim names the account */
    IssuerTokens(String issuer, String audience, String accountClaim, Duration timeout) {
        this.accountClaim = accountClaim;
        this.consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new IssuerKeys(issuer, timeout))
                .setJwsAlgorithmConstraints(ALGORITHMS)
                .setExpectedIssuer(true, issuer)
                .setExpectedAudience(true, audience)
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .build();
    }

    @Override
    public Check check(String token) {
        try {
            return named(consumer.processToClaims(token));
        } catch (InvalidJwtException e) {
            if (isIo(e)) {
                LOG.warn("The issuer of access tokens cannot be asked for its keys");
                return new Check.Unavailable();
            }
            LOG.debugf("An access token is refused, errors %s (org.jose4j.jwt.consumer.ErrorCodes)", codes(e));
            return new Check.Invalid();
        }
    }

    private Check named(JwtClaims claims) {
        try {
            String account = claims.getStringClaimValue(accountClaim);
            if (account == null || account.isEmpty()) {
                LOG.debugf("An access token is refused, it has no claim %s", accountClaim);
                return new Check.Invalid();
            }
            var names = new HashSet<>(Set.of(account.toLowerCase(Locale.ROOT)));
            String email = claims.getStringClaimValue("email");
            if (email != null) { // mail programs call the account by its address
                names.add(email.toLowerCase(Locale.ROOT));
            }
            return new Check.Valid(account, names);
        } catch (MalformedClaimException _) {
            LOG.debugf("An access token is refused, its claim %s or email is no text", accountClaim);
            return new Check.Invalid();
        }
    }

    private static boolean isIo(Throwable e) {
        return e != null && (e instanceof IOException || isIo(e.getCause()));
    }

    private static Object codes(InvalidJwtException e) {
        return e.getErrorDetails().stream()
                .map(ErrorCodeValidator.Error::getErrorCode)
                .toList();
    }
}
