package org.signetmail.edge.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.signetmail.edge.auth.SecureChannel;

/** A TCP connection, in the clear or inside TLS. */
final class SocketWire implements Wire {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** TLS locks its socket while it reads or writes; other threads reach the connection below it. */
    private final AcceptedSocket tcp;

    private final Socket socket;
    private final Optional<SSLContext> certificate;

    SocketWire(AcceptedSocket tcp, Optional<SSLContext> certificate) {
        this(tcp, tcp, certificate);
    }

    private SocketWire(AcceptedSocket tcp, Socket socket, Optional<SSLContext> certificate) {
        this.tcp = tcp;
        this.socket = socket;
        this.certificate = certificate;
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
        var secured = (SSLSocket) certificate
                .orElseThrow()
                .getSocketFactory()
                .createSocket(tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort(), true);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(PROTOCOLS);
        secured.startHandshake();
        SSLSession session = secured.getSession();
        return new Secured(
                new SocketWire(tcp, secured, certificate),
                new SecureChannel(session.getProtocol(), new TlsChannel(session), Optional.empty()));
    }

    @Override
    public void stopListening() throws IOException {
        tcp.stopListening();
    }

    @Override
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void abort() throws IOException {
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
