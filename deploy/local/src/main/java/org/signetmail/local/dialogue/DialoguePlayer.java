package org.signetmail.local.dialogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Plays a dialogue's client against a server behind two streams, and fails where the server departs from the script. */
public final class DialoguePlayer {
    private static final String ANY_REST = "...";

    private final Dialogue dialogue;
    private final StringBuilder transcript = new StringBuilder();

    public DialoguePlayer(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** Both ends of a connection as the client has them; TLS gives new ones. */
    public interface Peer {
        InputStream fromServer() throws IOException;

        OutputStream toServer() throws IOException;

        Peer startTls() throws IOException;
    }

    /**
     * Plays every step.
     *
     * @throws AssertionError with the line of the script and what was said so far
     */
    public void play(Peer peer) throws IOException {
        Peer current = peer;
        for (Step step : dialogue.steps()) {
            switch (step) {
                case Step.Send(int line, byte[] octets) -> send(current, line, octets);
                case Step.Expect(int line, String reply) -> expect(current, line, reply);
                case Step.ExpectClose(int line) -> expectClose(current, line);
                case Step.StartTls(int _) -> current = current.startTls();
            }
        }
    }

    private void send(Peer peer, int line, byte[] octets) throws IOException {
        transcript
                .append("C: ")
                .append(new String(octets, StandardCharsets.UTF_8).stripTrailing())
                .append('\n');
        try {
            peer.toServer().write(octets);
            peer.toServer().flush();
        } catch (IOException e) {
            // The server may have hung up already; the next step says whether that was right.
            transcript
                    .append("(line ")
                    .append(line)
                    .append(" not taken: ")
                    .append(e.getMessage())
                    .append(")\n");
        }
    }

    private void expect(Peer peer, int line, String expected) throws IOException {
        boolean codeOnly = expected.matches("[0-9]{3}");
        String said = readLine(peer);
        if (codeOnly) {
            while (said.startsWith(expected + "-")) {
                said = readLine(peer);
            }
        }
        boolean matches = codeOnly
                ? said.startsWith(expected)
                : expected.endsWith(ANY_REST)
                        ? said.startsWith(expected.substring(0, expected.length() - ANY_REST.length()))
                        : said.equals(expected);
        if (!matches) {
            throw failure(line, "expected \"" + expected + "\", the server said \"" + said + "\"");
        }
    }

    private void expectClose(Peer peer, int line) {
        String said;
        try {
            said = readLine(peer);
        } catch (IOException e) {
            transcript.append("(connection ended: ").append(e.getMessage()).append(")\n");
            return;
        }
        if (!said.isEmpty()) {
            throw failure(line, "expected the server to hang up, it said \"" + said + "\"");
        }
    }

    /** The next line without CRLF, empty at the end of the stream. */
    private String readLine(Peer peer) throws IOException {
        var line = new StringBuilder();
        int octet = peer.fromServer().read();
        while (octet >= 0 && octet != '\n') {
            line.append((char) octet);
            octet = peer.fromServer().read();
        }
        String said = line.toString().stripTrailing();
        transcript.append("S: ").append(said).append('\n');
        return said;
    }

    private AssertionError failure(int line, String what) {
        return new AssertionError(dialogue.name() + ", line " + line + ": " + what + "\n" + transcript);
    }
}
