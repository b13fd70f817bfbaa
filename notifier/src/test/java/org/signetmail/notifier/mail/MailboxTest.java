package org.signetmail.notifier.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '\0',
            value = {
                "alice@example.test > alice@example.test > false",
                "a b@example.test > \"a b\"@example.test > false",
                "a@b@example.test > \"a@b\"@example.test > false",
                "a\"\\b@example.test > \"a\\\"\\\\b\"@example.test > false",
                ".a@example.test > \".a\"@example.test > false",
                "alice@[192.0.2.1] > alice@[192.0.2.1] > false",
                "alice@Example.TEST > alice@example.test > false",
                "alice@bücher.example > alice@xn--bcher-kva.example > false",
                "alice@straße.example > alice@xn--strae-oqa.example > false",
                "jürgen@example.test > jürgen@example.test > true"
            })
    void isWrittenAsSmtpWantsIt(String address, String written, boolean needsSmtpUtf8) {
        Mailbox mailbox = Mailbox.of(address).orElseThrow();
        assertEquals(written, mailbox.address());
        assertEquals(needsSmtpUtf8, mailbox.needsSmtpUtf8());
        assertEquals(address.substring(0, address.lastIndexOf('@')), localPart(mailbox.path()));
        assertEquals(
                written.substring(written.lastIndexOf('@')),
                mailbox.path().substring(localPart(mailbox.path()).length()));
    }

    private static String localPart(String path) {
        return path.substring(0, path.lastIndexOf('@'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "@example.test",
                "alice@",
                "alice@example..test",
                "alice@example.test>",
                "alice@exam ple.test",
                "a\r\nb@example.test",
                "a\u0000b@example.test",
                "a\u200bb@example.test",
                "alice@example.test\r\nBcc: x"
            })
    void isNotThereWhenNoMailCouldGetThere(String address) {
        assertTrue(Mailbox.of(address).isEmpty());
    }
}
