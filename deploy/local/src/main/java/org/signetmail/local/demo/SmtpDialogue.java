package org.signetmail.local.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A mail program's side of a submission, shown line by line; what is secret is not. */
final class SmtpDialogue implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = (int) Duration.ofMinutes(1).toMillis();

    private final PrintStream out;
    private Socket socket;
    private BufferedReader replies;

    private SmtpDialogue(PrintStream out) {
        this.out = out;
    }

    static SmtpDialogue connect(int port, PrintStream out) throws IOException {
        var dialogue = new SmtpDialogue(out);
        dialogue.use(new Socket(InetAddress.getLoopbackAddress(), port));
        dialogue.readReply();
        return dialogue;
    }

    /** Sends a command and returns the last line of its reply. */
    String command(String line) throws IOException {
        return send(line, line);
    }

    /** AUTH PLAIN (RFC 4616). */
    String signIn(String login, String password) throws IOException {
        byte[] credentials = ("\0" + login + "\0" + password).getBytes(StandardCharsets.UTF_8);
        return send("AUTH PLAIN " + Base64.getEncoder().encodeToString(credentials), "AUTH PLAIN ********");
    }

    /** Sends a message and the dot, and returns the verdict. */
    String content(List<String> lines) throws IOException {
        String text = String.join("\r\n", lines);
        return send(text + "\r\n.", text + "\r\n.");
    }

    void startTls(SSLSocketFactory tls) throws IOException {
        var secured = (SSLSocket) tls.createSocket(socket, "localhost", socket.getPort(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        out.println("     (" + secured.getSession().getProtocol() + ")");
        use(secured);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void use(Socket next) throws IOException {
        socket = next;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        replies = new BufferedReader(new InputStreamReader(next.getInputStream(), StandardCharsets.UTF_8));
    }

    private String send(String line, String shown) throws IOException {
        shown.lines().forEach(part -> out.println("  C: " + part));
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return readReply();
    }

    private String readReply() throws IOException {
        String line = replies.readLine();
        while (line != null && line.startsWith("-", 3)) {
            out.println("  S: " + line);
            line = replies.readLine();
        }
        if (line == null) {
            throw new IOException("The server closed the connection");
        }
        out.println("  S: " + line);
        return line;
    }
}
