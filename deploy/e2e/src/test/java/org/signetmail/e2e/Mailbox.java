package org.signetmail.e2e;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import org.signetmail.local.stack.Endpoints;

/** A mailbox of the mail store, read over IMAP. */
record Mailbox(Endpoints endpoints, String address) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Every message, octet for octet. */
    List<String> messages() {
        try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect(Endpoints.HOST, endpoints.imapPort(), address, "any password");
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                var messages = new ArrayList<String>();
                for (Message message : inbox.getMessages()) {
                    var octets = new ByteArrayOutputStream();
                    message.writeTo(octets);
                    messages.add(octets.toString(StandardCharsets.UTF_8));
                }
                return messages;
            }
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("Mailbox of " + address + " cannot be read", e);
        }
    }

    /** Waits for a message that contains the text. */
    String await(String text) {
        List<String> found = await(
                messages -> messages.stream().anyMatch(message -> message.contains(text)), "a message with " + text);
        return found.stream()
                .filter(message -> message.contains(text))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until the mailbox is as wanted, and returns what is in it. */
    List<String> await(Predicate<List<String>> wanted, String what) {
        List<String> messages = messages();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!wanted.test(messages)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("No " + what + " for " + address + " within " + LIMIT + ", but "
                        + messages.size() + " messages");
            }
            Waiting.pause(POLL);
            messages = messages();
        }
        return messages;
    }
}
