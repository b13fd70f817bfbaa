package org.signetmail.local.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens verify with the public key that the services are given; nobody else reads the files; a second start changes nothing. */
class SecretsTest {
    @TempDir
    private Path directory;

    @Test
    void eachRolesTokenVerifiesWithThePublicKey() throws Exception {
        Secrets secrets = Secrets.in(directory.resolve("secrets"));
        var key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(secrets.publicKey())));
        var consumer = new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setRequireExpirationTime()
                .build();
        for (Role role : Role.values()) {
            var claims = consumer.processToClaims(secrets.token(role));
            assertEquals(List.of(role.label()), claims.getStringListClaimValue("groups"));
        }
    }

    @Test
    void theCertificateNamesTheLocalHost() throws Exception {
        Secrets secrets = Secrets.in(directory.resolve("secrets"));
        try (InputStream in = Files.newInputStream(secrets.certificate())) {
            var certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            List<Object> names = certificate.getSubjectAlternativeNames().stream()
                    .<Object>map(name -> name.get(1))
                    .toList();
            assertTrue(names.containsAll(List.of("localhost", "mail.example.test", "127.0.0.1")), names.toString());
        }
    }

    @Test
    void onlyTheOwnerReadsThem() throws Exception {
        Secrets secrets = Secrets.in(directory.resolve("secrets"));
        try (Stream<Path> files = Files.walk(secrets.directory())) {
            for (Path file : files.toList()) {
                String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                assertEquals(Files.isDirectory(file) ? "rwx------" : "rw-------", permissions, file.toString());
            }
        }
    }

    @Test
    void theyStayTheSame() {
        String before = Secrets.in(directory.resolve("secrets")).token(Role.ADMIN);
        assertEquals(before, Secrets.in(directory.resolve("secrets")).token(Role.ADMIN));
    }
}
