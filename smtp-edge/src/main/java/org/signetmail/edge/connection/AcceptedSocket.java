package org.signetmail.edge.connection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;

/**
 * A client's connection whose reading can be stopped by another thread, below TLS as well. It then looks like a timeout:
 * at an end of its input the JDK's TLS 1.2 closes its output too, and nothing more could be said.
 */
final class AcceptedSocket extends Socket {
    private volatile boolean stopped;

    AcceptedSocket() throws SocketException {
        super((SocketImpl) null); // ServerSocket gives it one
    }

    void stopListening() throws IOException {
        stopped = true;
        shutdownInput();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                return unlessStopped(in.read());
            }

            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                return unlessStopped(in.read(octets, offset, length));
            }
        };
    }

    private int unlessStopped(int result) throws SocketTimeoutException {
        if (result < 0 && stopped) {
            throw new SocketTimeoutException("The server does not listen any more");
        }
        return result;
    }
}
