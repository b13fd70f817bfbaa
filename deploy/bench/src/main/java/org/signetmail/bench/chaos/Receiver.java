package org.signetmail.bench.chaos;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.signetmail.bench.wire.Wire;

/**
 * The next hop of a chaos run, in a process of its own: writes down each message before it says 250, so that its account
 * outlives it. Arguments: port, and the file to append to, a line a recipient: "RECIPIENT TAB ID".
 */
public final class Receiver {
    private static final int BACKLOG = 200;
    private static final int SILENCE_MILLIS = 600_000;
    private static final Pattern ID = Pattern.compile("Subject: (chaos[0-9]+-[0-9]+)\\s*");

    private final Wire wire;
    private final Path file;
    private final List<String> recipients = new ArrayList<>();

    private Receiver(Wire wire, Path file) {
        this.wire = wire;
        this.file = file;
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        try (var listener =
                        new ServerSocket(Integer.parseInt(arguments[0]), BACKLOG, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (true) {
                Socket socket = listener.accept();
                threads.execute(() -> converse(socket, file));
            }
        }
    }

    private static void converse(Socket socket, Path file) {
        try (var wire = new Wire(socket, SILENCE_MILLIS)) {
            new Receiver(wire, file).run();
        } catch (EOFException e) {
            // Hung up without QUIT.
        } catch (IOException e) {
            System.out.println("Connection lost: " + e);
        }
    }

    private void run() throws IOException {
        say("220 receiver.example.test ready");
        boolean more = true;
        while (more) {
            more = answer(wire.readLine());
        }
    }

    /** False after QUIT. */
    private boolean answer(String command) throws IOException {
        String verb = command.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO" -> say("250-receiver.example.test\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING");
            case "MAIL", "RSET" -> {
                recipients.clear();
                say("250 OK");
            }
            case "RCPT" -> {
                recipients.add(command.substring(command.indexOf('<') + 1, command.indexOf('>')));
                say("250 OK");
            }
            case "DATA" -> {
                say("354 End with a dot");
                String id = readContent();
                writeDown(id);
                say("250 Written down");
            }
            case "QUIT" -> say("221 Bye");
            default -> say("250 OK");
        }
        return !verb.equals("QUIT");
    }

    /** The id that a Subject names: of the message itself, or of the one that it is about. */
    private String readContent() throws IOException {
        String id = "none";
        String line = wire.readLine();
        while (!line.equals(".")) {
            Matcher subject = ID.matcher(line);
            if (subject.find()) {
                id = subject.group(1);
            }
            line = wire.readLine();
        }
        return id;
    }

    private void writeDown(String id) throws IOException {
        var lines = new StringBuilder();
        recipients.forEach(
                recipient -> lines.append(recipient).append('\t').append(id).append('\n'));
        synchronized (Receiver.class) {
            Files.writeString(
                    file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private void say(String reply) throws IOException {
        wire.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
