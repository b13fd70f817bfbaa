package org.signetmail.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.signetmail.edge.connection.SelfSigned;
import org.signetmail.edge.oauth.FakeIssuer;

/** What the edge of the shared stack needs for sign-ins without a password: an issuer of tokens, and alice's certificate. */
final class SignInParts {
    private static final SignInParts SHARED = make();

    private final PublicJsonWebKey key;
    private final FakeIssuer issuer;
    private final Path certificate;
    private final Path certificateKey;

    private SignInParts() throws Exception {
        key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("key");
        key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        issuer = new FakeIssuer(key);
        SelfSigned alice = SelfSigned.create("alice", "RSA", "email:alice@example.test");
        KeyStore store = keyStore(alice);
        char[] password = SelfSigned.PASSWORD.toCharArray();
        certificate = pem("CERTIFICATE", store.getCertificate("smtp").getEncoded());
        certificateKey = pem("PRIVATE KEY", store.getKey("smtp", password).getEncoded());
    }

    static SignInParts shared() {
        return SHARED;
    }

    private static SignInParts make() {
        try {
            return new SignInParts();
        } catch (Exception e) { // keytool and its waiting declare no less
            throw new IllegalStateException("The parts for signing in cannot be made", e);
        }
    }

    /** Environment of the edge. */
    Map<String, String> edge() {
        return Map.of(
                "SIGNET_SMTP_OAUTH_ISSUER",
                issuer.url(),
                "SIGNET_SMTP_OAUTH_AUDIENCE",
                FakeIssuer.AUDIENCE,
                "SIGNET_SMTP_CLIENT_CERTIFICATE_NAME",
                "email-local-part",
                "QUARKUS_TLS_SMTP_TRUST_STORE_PEM_CERTS",
                certificate.toString());
    }

    Path certificate() {
        return certificate;
    }

    Path certificateKey() {
        return certificateKey;
    }

    /** A token that is alice's. */
    String token() throws JoseException {
        return FakeIssuer.signed(issuer.claims(), key);
    }

    /** A token of alice's for another service. */
    String tokenForAnotherService() throws JoseException {
        JwtClaims claims = issuer.claims();
        claims.setAudience("calendar");
        return FakeIssuer.signed(claims, key);
    }

    private static KeyStore keyStore(SelfSigned selfSigned) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(selfSigned.store())) {
            store.load(in, SelfSigned.PASSWORD.toCharArray());
        }
        return store;
    }

    private static Path pem(String kind, byte[] encoded) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        Path file = Files.createTempFile(Path.of("target"), "alice", ".pem").toAbsolutePath();
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }
}
