package org.signetmail.edge.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A TCP connection, in the clear or inside TLS. */
final class SocketWire implements Wire {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Socket socket;
    private final Optional<SSLContext> certificates;

    SocketWire(Socket socket, Optional<SSLContext> certificates) {
        this.socket = socket;
        this.certificates = certificates;
    }

    @Override
    public InputStream input() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    @Override
    public Secured upgrade() throws IOException {
        var secured = (SSLSocket) certificates
                .orElseThrow()
                .getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(PROTOCOLS);
        secured.startHandshake();
        return new Secured(
                new SocketWire(secured, certificates), secured.getSession().getProtocol());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
