package org.signetmail.local.mailstore;

import com.icegreen.greenmail.user.UserException;
import jakarta.mail.MessagingException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One SMTP (RFC 5321) or LMTP (RFC 2033) conversation with the relay. GreenMail's own SMTP server is not used: it refuses
 * recipients after the null sender and does not offer 8BITMIME. Two kinds of recipient help tests: {@code fault-NNN…}
 * is refused with reply code NNN, {@code discard…} is taken and thrown away.
 */
final class SmtpConversation {
    private static final Pattern PATH =
            Pattern.compile("(?:MAIL FROM|RCPT TO): ?<(.*)>( .*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern FAULT = Pattern.compile("fault-([45][0-9]{2}).*");
    private static final List<String> EXTENSIONS = List.of("PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 67108864");

    private final InputStream in;
    private final OutputStream out;
    private final Mailboxes mailboxes;
    private final List<String> recipients = new ArrayList<>();
    private String sender;
    private boolean lmtp;

    SmtpConversation(InputStream in, OutputStream out, Mailboxes mailboxes) {
        this.in = new BufferedInputStream(in);
        this.out = new BufferedOutputStream(out);
        this.mailboxes = mailboxes;
    }

    void run() throws IOException {
        reply("220 store.example.test ready");
        byte[] line = readLine();
        while (line != null && on(new String(line, StandardCharsets.UTF_8))) {
            line = readLine();
        }
    }

    /** Answers one command; false after QUIT. */
    private boolean on(String command) throws IOException {
        String verb = command.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO", "LHLO" -> greet(verb.equals("LHLO"));
            case "HELO", "NOOP", "VRFY" -> reply("250 OK");
            case "RSET" -> {
                forget();
                reply("250 OK");
            }
            case "MAIL" -> mail(command);
            case "RCPT" -> recipient(command);
            case "DATA" -> data();
            case "QUIT" -> reply("221 Bye");
            default -> reply("500 Unknown command");
        }
        return !verb.equals("QUIT");
    }

    private void greet(boolean withLmtp) throws IOException {
        lmtp = withLmtp;
        forget();
        var text = new StringBuilder("250-store.example.test");
        for (String extension : EXTENSIONS) {
            text.append("\r\n")
                    .append(extension.equals(EXTENSIONS.getLast()) ? "250 " : "250-")
                    .append(extension);
        }
        reply(text.toString());
    }

    private void mail(String command) throws IOException {
        Matcher path = PATH.matcher(command);
        if (!path.matches()) {
            reply("501 MAIL FROM:<address>");
            return;
        }
        forget();
        sender = path.group(1);
        reply("250 OK");
    }

    private void recipient(String command) throws IOException {
        Matcher path = PATH.matcher(command);
        if (sender == null || !path.matches() || path.group(1).isEmpty()) {
            reply(sender == null ? "503 MAIL first" : "501 RCPT TO:<address>");
            return;
        }
        Matcher fault = FAULT.matcher(path.group(1));
        if (fault.matches()) {
            reply(fault.group(1) + " As the address asks");
            return;
        }
        recipients.add(path.group(1));
        reply("250 OK");
    }

    private void data() throws IOException {
        if (recipients.isEmpty()) {
            reply("503 RCPT first");
            return;
        }
        reply("354 End with a dot");
        byte[] message = readMessage();
        if (message == null) {
            return;
        }
        String answer = "250 OK";
        for (String recipient : recipients) {
            String ofThis = store(recipient, message);
            if (lmtp) {
                reply(ofThis); // RFC 2033 section 4.2: one reply per recipient
            } else if (!ofThis.startsWith("250")) {
                answer = ofThis;
            }
        }
        if (!lmtp) {
            reply(answer);
        }
        forget();
    }

    private String store(String recipient, byte[] message) {
        if (recipient.startsWith("discard")) {
            return "250 OK";
        }
        try {
            mailboxes.deliver(recipient, message);
            return "250 OK";
        } catch (MessagingException | UserException | RuntimeException e) {
            System.out.println("Not stored for " + recipient + ": " + e);
            return "451 Not stored";
        }
    }

    /** The content, dots unstuffed, below the Return-Path that final delivery adds (RFC 5321 4.4); null at its end. */
    private byte[] readMessage() throws IOException {
        var message = new ByteArrayOutputStream();
        message.write(("Return-Path: <" + sender + ">\r\n").getBytes(StandardCharsets.UTF_8));
        byte[] line = readLine();
        while (line != null && !(line.length == 1 && line[0] == '.')) {
            int stuffing = line.length > 0 && line[0] == '.' ? 1 : 0;
            message.write(line, stuffing, line.length - stuffing);
            message.write('\r');
            message.write('\n');
            line = readLine();
        }
        return line == null ? null : message.toByteArray();
    }

    /** A line without its CRLF, or null at the end of the stream. Only CRLF ends a line. */
    private byte[] readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        int previous = -1;
        int octet = in.read();
        while (octet >= 0) {
            if (octet == '\n' && previous == '\r') {
                byte[] withReturn = line.toByteArray();
                return Arrays.copyOf(withReturn, withReturn.length - 1);
            }
            line.write(octet);
            previous = octet;
            octet = in.read();
        }
        return null;
    }

    private void forget() {
        sender = null;
        recipients.clear();
    }

    /** Replies to a group of commands go out together (RFC 2920 section 3.2). */
    private void reply(String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        if (in.available() == 0) {
            out.flush();
        }
    }
}
