package org.signetmail.edge.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.dkim.Signer.Result;
import org.signetmail.edge.dkim.Signer.Result.Signed;

/** Signatures that a verifier of other hands takes. */
class SignerTest {
    private static final String RSA = "2026a._domainkey.example.test";
    private static final String ED25519 = "2026b._domainkey.example.test";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-15T10:00:00Z"), ZoneOffset.UTC);
    private static final List<String> DOMAIN = List.of("example.test");
    private static final String MESSAGE = """
            Received: from laptop.example.test by mail.example.test; Thu, 15 Jan 2026 10:00:00 +0000\r
            From: =?utf-8?q?J=C3=BCrgen?=\r
            \t <juergen@example.test>\r
            To: bob@example.test,\r
              carol@example.test\r
            SUBJECT:  two  spaces \t\r
            Date: Thu, 15 Jan 2026 10:00:00 +0000\r
            Message-ID: <1@example.test>\r
            X-Other: not signed\r
            \r
            .\r
            a  b\t \tc \r
            Gr\u00FC\u00DFe\r
            \r
            \r
            """;

    @TempDir
    Path directory;

    private Map<String, String> records;

    @BeforeEach
    void makeKeys() throws Exception {
        Dkimpy.assumeInstalled();
        records =
                Map.of(RSA, KeyFiles.put(directory, RSA, "RSA"), ED25519, KeyFiles.put(directory, ED25519, "Ed25519"));
    }

    private Signer signer() {
        return new Signer(SigningKeys.of(directory, Duration.ZERO), CLOCK);
    }

    private String signed(String message) {
        return signed(signer(), message);
    }

    private static String signed(Signer signer, String message) {
        return new String(
                        assertInstanceOf(Signed.class, signer.sign(message.getBytes(UTF_8), DOMAIN))
                                .fields(),
                        UTF_8)
                + message;
    }

    private List<String> verify(String message) throws Exception {
        return Dkimpy.verify(message.getBytes(UTF_8), records);
    }

    private static final List<String> BOTH =
            List.of("rsa-sha256 example.test True", "ed25519-sha256 example.test True");

    @Test
    void bothAlgorithmsSignAndAreVerified() throws Exception {
        String signed = signed(MESSAGE);
        assertEquals(BOTH, verify(signed));
        assertTrue(signed.endsWith("\r\n" + MESSAGE), "the message itself stays as it is");
        assertTrue(signed.lines().limit(20).allMatch(line -> line.length() <= 100), signed);
        assertTrue(
                signed.startsWith(
                        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; q=dns/txt;\r\n\td=example.test; s=2026a; t=1768471200;"));
    }

    @Test
    void whatIsChangedIsNoticed() throws Exception {
        String signed = signed(MESSAGE);
        for (String changed : List.of(
                signed.replace("a  b", "a c"),
                signed.replace("juergen@", "ceo@"),
                signed.replace("SUBJECT:", "Subject: another\r\nSubject:"),
                signed.replace("\r\nX-Other", "\r\nReply-To: mallory@example.com\r\nX-Other"),
                signed + "more\r\n")) {
            assertTrue(verify(changed).stream().noneMatch(line -> line.endsWith(" True")), changed);
        }
        assertEquals(BOTH, verify(signed.replace("X-Other: not signed\r\n", "Received: x\r\n")));
    }

    @Test
    void everyShapeOfMessageIsVerified() throws Exception {
        for (String message : List.of(
                "From: a@example.test\r\n\r\n",
                "From: a@example.test\r\n",
                "From: a@example.test\r\n\r\n\r\n\r\n",
                "From: a@example.test\r\n\r\n \r\n\t\r\n",
                "From: a@example.test\r\n\r\nno line end",
                "From: a@example.test\r\n\r\n \t\r\n x\r\n\t",
                "From: a@example.test\r\nSender: b@example.test\r\nCc: c@example.test\r\nCc: d@example.test\r\n\r\nx\r\n",
                "From: j\u00FCrgen@example.test\r\nSubject: Gr\u00FC\u00DFe\r\n\r\nx\r\n",
                "Subject: " + "y".repeat(20_000) + "\r\nFrom: a@example.test\r\n\r\n" + "z".repeat(998) + "\r\n")) {
            assertEquals(BOTH, verify(signed(message)), message);
        }
    }

    @Test
    void randomBlanksAndLineEndsAreVerified() throws Exception {
        var random = new Random(1);
        Signer signer = signer();
        String alphabet = " \t  .-ax\u00FC";
        for (int run = 0; run < 20; run++) {
            var message = new StringBuilder("From: a@example.test\r\nSubject:");
            for (int i = 0; i < 300; i++) {
                message.append(random.nextInt(9) == 0 ? "\r\n x" : alphabet.charAt(random.nextInt(alphabet.length())));
            }
            message.append("x\r\n\r\n");
            for (int i = 0; i < 3000; i++) {
                message.append(random.nextInt(9) == 0 ? "\r\n" : alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertEquals(BOTH, verify(signed(signer, message.toString())), message.toString());
        }
    }

    @Test
    void aLargeMessageIsNotCopied() throws Exception {
        String message = MESSAGE + "0123456789 abcdefg\r\n".repeat(25 * 1024 * 1024 / 20);
        byte[] octets = message.getBytes(UTF_8);
        Signer signer = signer();
        signer.sign(octets, DOMAIN);
        long before = allocated();
        byte[] fields =
                assertInstanceOf(Signed.class, signer.sign(octets, DOMAIN)).fields();
        long copied = allocated() - before;
        assertTrue(copied < 1024 * 1024, () -> copied + " octets for a message of " + octets.length);
        assertEquals(BOTH, verify(new String(fields, UTF_8) + message));
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    @Test
    void anotherDomainIsNotSignedFor() {
        byte[] message = MESSAGE.getBytes(UTF_8);
        assertInstanceOf(Result.NoKey.class, signer().sign(message, List.of()));
        assertInstanceOf(Result.NoKey.class, signer().sign(message, List.of("sub.example.test", "test")));
    }

    /** What is no UTF-8 the library would read as other octets: better no signature than one that fails. */
    @Test
    void aHeaderThatIsNoUtf8IsNotSigned() {
        assertInstanceOf(
                Result.Failed.class,
                signer().sign("From: \u00FC <a@example.test>\r\n\r\n".getBytes(ISO_8859_1), DOMAIN));
    }

    @Test
    void keysComeAndGoWithoutARestart() throws Exception {
        Signer signer = signer();
        String next = "2027a._domainkey.example.test";
        String record = KeyFiles.put(directory, next, "RSA");
        Files.delete(directory.resolve(RSA));
        List<String> verified = Dkimpy.verify(
                signed(signer, MESSAGE).getBytes(UTF_8), Map.of(next, record, ED25519, records.get(ED25519)));
        assertEquals(List.of("ed25519-sha256 example.test True", "rsa-sha256 example.test True"), verified);

        Files.writeString(directory.resolve(ED25519), "half a k");
        assertEquals(
                2, signed(signer, MESSAGE).split("\r\n\tb=|; b=| b=", -1).length - 1, "the key that was there stays");
        Files.delete(directory.resolve(next));
        Files.delete(directory.resolve(ED25519));
        assertInstanceOf(Result.NoKey.class, signer.sign(MESSAGE.getBytes(UTF_8), DOMAIN));
    }

    @Test
    void whatIsNoKeyIsRefusedAtTheStart() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        Path weak = directory.resolve("weak._domainkey.example.test");
        KeyFiles.write(weak, generator.generateKeyPair().getPrivate().getEncoded());
        assertTrue(assertThrows(IllegalArgumentException.class, this::signer)
                .getMessage()
                .contains("2048"));
        Files.delete(weak);
        Files.copy(directory.resolve(RSA), directory.resolve("example.test.pem"));
        assertThrows(IllegalArgumentException.class, this::signer);
        Files.delete(directory.resolve("example.test.pem"));
        Files.writeString(directory.resolve(".hidden"), "Kubernetes' own");
        assertNotEquals(0, SigningKeys.of(directory, Duration.ZERO).number());
    }
}
