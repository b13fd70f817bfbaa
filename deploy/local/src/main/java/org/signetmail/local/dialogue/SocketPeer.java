package org.signetmail.local.dialogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The client's end of a TCP connection; the context trusts the server's certificate. */
public record SocketPeer(Socket socket, SSLContext trust) implements DialoguePlayer.Peer {
    @Override
    public InputStream fromServer() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public OutputStream toServer() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public SocketPeer startTls() throws IOException {
        var secured = (SSLSocket) trust.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        secured.startHandshake();
        return new SocketPeer(secured, trust);
    }
}
