package org.signetmail.local.demo;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** A mailbox of the mail store, read over IMAP as a mail program reads it. */
final class Inbox {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Session SESSION = Session.getInstance(new Properties());
    private static final String[] FIELDS = {"Return-Path", "From", "To", "Subject"};

    private final int port;
    private final String address;

    Inbox(int port, String address) {
        this.port = port;
        this.address = address;
    }

    /** Waits for a message that contains a text, and returns its main fields and its readable part. */
    Optional<String> await(String text) throws MessagingException, IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        Optional<String> found = find(text);
        while (found.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(POLL);
            found = find(text);
        }
        return found;
    }

    private Optional<String> find(String text) throws MessagingException, IOException {
        try (Store store = SESSION.getStore("imap")) {
            store.connect("127.0.0.1", port, address, "any password");
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                // What one waits for is among the last.
                for (int number = inbox.getMessageCount(); number > 0; number--) {
                    byte[] octets = octets(inbox.getMessage(number));
                    if (new String(octets, StandardCharsets.UTF_8).contains(text)) {
                        // Read here, not part by part over IMAP, which GreenMail does not always get right.
                        return Optional.of(readable(new MimeMessage(SESSION, new ByteArrayInputStream(octets))));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static byte[] octets(Message message) throws MessagingException, IOException {
        var octets = new ByteArrayOutputStream();
        message.writeTo(octets);
        return octets.toByteArray();
    }

    private static String readable(Message message) throws MessagingException, IOException {
        var text = new StringBuilder();
        for (String field : FIELDS) {
            String[] values = message.getHeader(field);
            if (values != null) {
                text.append(field).append(": ").append(values[0]).append('\n');
            }
        }
        return text.append('\n').append(plainText(message)).toString();
    }

    private static String plainText(Part part) throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart parts) {
            return plainText(parts.getBodyPart(0));
        }
        return part.getContent().toString();
    }
}
