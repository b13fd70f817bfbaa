package org.signetmail.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.signetmail.local.stack.Endpoints;

/** A client that sees what libraries hide: whether the server said a last word before the connection ended. */
final class PlainClient implements AutoCloseable {
    private static final int LIMIT_MILLIS = 30_000;

    private final Socket socket;
    private final BufferedReader replies;

    /** Connects; the greeting has not been read yet. */
    PlainClient(int port) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(Endpoints.HOST, port), LIMIT_MILLIS);
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    static String plain(String login) {
        String response = "\0" + login + "\0" + login + "-password";
        return Base64.getEncoder().encodeToString(response.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a line and gives the last line of the reply. A connection that takes nothing any more may still give some. */
    String ask(String line) throws IOException {
        try {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException brokenPipe) {
            return lastWord(brokenPipe);
        }
        return reply();
    }

    private String lastWord(IOException brokenPipe) throws IOException {
        String word = reply();
        if (word.isEmpty()) {
            throw brokenPipe;
        }
        return word;
    }

    /** The last line of the next reply, empty at the end of the connection. */
    String reply() throws IOException {
        String line = replies.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = replies.readLine();
        }
        return line == null ? "" : line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
