package org.signetmail.edge.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.signetmail.edge.auth.SecureChannel;
import org.signetmail.local.dialogue.DialoguePlayer;

/** A connection without sockets: two pipes. TLS is passed over in silence, its protocol is not what dialogues pin. */
public final class MemoryWire implements Wire, DialoguePlayer.Peer {
    private static final int PIPE_OCTETS = 1 << 16;

    private final PipedInputStream atServer = new PipedInputStream(PIPE_OCTETS);
    private final PipedInputStream atClient = new PipedInputStream(PIPE_OCTETS);
    private final OutputStream fromClient;
    private final OutputStream fromServer;

    public MemoryWire() throws IOException {
        fromClient = new PipedOutputStream(atServer);
        fromServer = new PipedOutputStream(atClient);
    }

    @Override
    public InputStream input() {
        return atServer;
    }

    @Override
    public OutputStream output() {
        return fromServer;
    }

    @Override
    public void timeout(int millis) {
        // A script never waits.
    }

    @Override
    public Secured upgrade() {
        return new Secured(this, new SecureChannel("TLSv1.3"));
    }

    @Override
    public void stopListening() throws IOException {
        fromClient.close();
    }

    @Override
    public void endOutput() throws IOException {
        fromServer.close();
    }

    @Override
    public void abort() throws IOException {
        close();
    }

    @Override
    public InputStream fromServer() {
        return atClient;
    }

    @Override
    public OutputStream toServer() {
        return fromClient;
    }

    @Override
    public DialoguePlayer.Peer startTls() {
        return this;
    }

    /** The server hangs up. */
    @Override
    public void close() throws IOException {
        fromServer.close();
        atServer.close();
    }

    /** The client hangs up. */
    public void hangUp() throws IOException {
        fromClient.close();
    }
}
