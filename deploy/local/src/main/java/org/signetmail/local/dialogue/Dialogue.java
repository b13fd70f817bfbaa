package org.signetmail.local.dialogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A script of an SMTP session, one behaviour a file ({@code *.dialogue}, UTF-8). Lines begin with:
 *
 * <pre>
 * #   a comment
 * C:  a line of the client; CRLF is added. Escapes as below
 * C|  octets of the client, nothing added: \r \n \t \0 \\ \xHH
 * C*N the client sends the rest of the line N times, escapes as above
 * S:  a line of the server; "S: 250" is a whole reply of that code, "S: 250 Queued..." any rest
 * S!  the server hangs up
 * TLS both negotiate TLS
 * &#64; signed-in NAME              greeting, EHLO, AUTH PLAIN with password NAME-password
 * &#64; envelope FROM TO [PARAMS]   MAIL, RCPT, DATA, up to 354; FROM may be &lt;&gt;
 * </pre>
 */
public record Dialogue(String name, List<Step> steps) {
    private static final String SUFFIX = ".dialogue";

    public Dialogue {
        steps = List.copyOf(steps);
    }

    /** Every dialogue below the directory, by name. */
    public static List<Dialogue> below(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(file -> read(directory, file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dialogue read(Path directory, Path file) {
        try {
            String name = directory.relativize(file).toString();
            return parse(name.substring(0, name.length() - SUFFIX.length()), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Dialogue parse(String name, List<String> lines) {
        var steps = new ArrayList<Step>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                addSteps(steps, i + 1, lines.get(i));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        name + SUFFIX + ":" + (i + 1) + ": not understood: " + lines.get(i), e);
            }
        }
        return new Dialogue(name, steps);
    }

    private static void addSteps(List<Step> steps, int number, String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("C:")) {
            steps.add(send(number, rest(line, 2) + "\\r\\n"));
        } else if (line.startsWith("C|")) {
            steps.add(send(number, rest(line, 2)));
        } else if (line.startsWith("C*")) {
            int space = line.indexOf(' ');
            steps.add(send(number, line.substring(space + 1).repeat(Integer.parseInt(line.substring(2, space)))));
        } else if (line.startsWith("S:")) {
            steps.add(new Step.Expect(number, rest(line, 2)));
        } else if (line.startsWith("S!")) {
            steps.add(new Step.ExpectClose(number));
        } else if (line.equals("TLS")) {
            steps.add(new Step.StartTls(number));
        } else if (line.startsWith("@ ")) {
            macro(steps, number, List.of(line.substring(2).split(" ", 4)));
        } else {
            throw new IllegalArgumentException("unknown kind of line");
        }
    }

    private static void macro(List<Step> steps, int number, List<String> words) {
        switch (words.getFirst()) {
            case "signed-in" -> {
                String name = words.get(1);
                String plain = "\0" + name + "\0" + name + "-password";
                String response = Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
                steps.add(new Step.Expect(number, "220"));
                steps.add(send(number, "EHLO client.example.test\\r\\n"));
                steps.add(new Step.Expect(number, "250"));
                steps.add(send(number, "AUTH PLAIN " + response + "\\r\\n"));
                steps.add(new Step.Expect(number, "235"));
            }
            case "envelope" -> {
                String parameters = words.size() > 3 ? " " + words.get(3) : "";
                String from = words.get(1).equals("<>") ? "" : words.get(1);
                steps.add(send(number, "MAIL FROM:<" + from + ">" + parameters + "\\r\\n"));
                steps.add(new Step.Expect(number, "250"));
                steps.add(send(number, "RCPT TO:<" + words.get(2) + ">\\r\\n"));
                steps.add(new Step.Expect(number, "250"));
                steps.add(send(number, "DATA\\r\\n"));
                steps.add(new Step.Expect(number, "354"));
            }
            default -> throw new IllegalArgumentException("unknown macro");
        }
    }

    private static String rest(String line, int prefix) {
        return line.startsWith(" ", prefix) ? line.substring(prefix + 1) : line.substring(prefix);
    }

    private static Step.Send send(int number, String escaped) {
        var octets = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '\\') {
                octets.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            i++;
            switch (escaped.charAt(i)) {
                case 'r' -> octets.write('\r');
                case 'n' -> octets.write('\n');
                case 't' -> octets.write('\t');
                case '0' -> octets.write(0);
                case '\\' -> octets.write('\\');
                case 'x' -> {
                    octets.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> throw new IllegalArgumentException("unknown escape");
            }
        }
        return new Step.Send(number, octets.toByteArray());
    }
}
