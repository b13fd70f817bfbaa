package org.signetmail.edge.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** A TCP connection, in the clear or inside TLS. */
final class SocketWire implements Wire {
    /** TLS locks its socket while it reads or writes; other threads reach the connection below it. */
    private final AcceptedSocket tcp;

    private final Socket socket;
    private final Optional<ServerTls> tls;

    SocketWire(AcceptedSocket tcp, Optional<ServerTls> tls) {
        this(tcp, tcp, tls);
    }

    private SocketWire(AcceptedSocket tcp, Socket socket, Optional<ServerTls> tls) {
        this.tcp = tcp;
        this.socket = socket;
        this.tls = tls;
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
        ServerTls server = tls.orElseThrow();
        SSLSocket secured = server.secure(tcp);
        return new Secured(new SocketWire(tcp, secured, tls), server.channel(secured.getSession()));
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
