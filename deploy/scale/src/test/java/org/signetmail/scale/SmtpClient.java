package org.signetmail.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A client that sees what libraries hide: who greeted it, and whether there was a last word before the connection ended. */
final class SmtpClient implements AutoCloseable {
    private static final int LIMIT_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final BufferedReader replies;
    private final String greeting;

    private SmtpClient(Net net) throws IOException {
        socket.bind(new InetSocketAddress(net.clients(), 0));
        socket.connect(new InetSocketAddress(net.balancer(), Net.SMTP_PORT), LIMIT_MILLIS);
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        greeting = reply();
    }

    /** Connects to the load balancer and reads the greeting, which may be none. */
    static SmtpClient connect(Net net) throws IOException {
        return new SmtpClient(net);
    }

    /** As {@link #connect}, and signs in; the password of NAME is NAME-password. */
    static SmtpClient signedIn(Net net, String login) throws IOException {
        var client = new SmtpClient(net);
        String reply = client.signIn(login);
        if (!reply.startsWith("235")) {
            client.close();
            throw new IOException(login + " read " + reply);
        }
        return client;
    }

    String greeting() {
        return greeting;
    }

    /** Name of the pod that greeted: the server's name in the greeting. */
    String edge() {
        return greeting.startsWith("220 ") ? greeting.split("[ .]", 3)[1] : "nobody";
    }

    /** The reply to AUTH, or to EHLO if that is none. */
    String signIn(String login) throws IOException {
        String response = "\0" + login + "\0" + login + "-password";
        String hello = ask("EHLO client.example.test");
        return hello.startsWith("250")
                ? ask("AUTH PLAIN " + Base64.getEncoder().encodeToString(response.getBytes(StandardCharsets.UTF_8)))
                : hello;
    }

    /** Sends a line and gives the last line of the reply, empty at the end of the connection. */
    String ask(String line) throws IOException {
        send(line + "\r\n");
        return reply();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
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
