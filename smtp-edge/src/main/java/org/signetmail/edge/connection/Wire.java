package org.signetmail.edge.connection;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.signetmail.edge.auth.SecureChannel;

/** Where the octets of a connection come from and go to: a socket, or a script in a test. */
public interface Wire extends Closeable {
    InputStream input() throws IOException;

    OutputStream output() throws IOException;

    /** From now on a read that finds nothing for so long fails with a SocketTimeoutException. */
    void timeout(int millis) throws IOException;

    /** Negotiates TLS over this wire, as the server; this wire is not used any more. */
    Secured upgrade() throws IOException;

    /** A read under way on another thread fails as if it had timed out, and so does every later one; writing goes on. */
    void stopListening() throws IOException;

    /** The client finds the end behind what was written; reading goes on. */
    void endOutput() throws IOException;

    /** Ends the connection whatever other threads are doing with it; a blocked read or write of theirs fails. */
    void abort() throws IOException;

    /** A wire inside TLS, and what sign-in may need to know of it. */
    record Secured(Wire wire, SecureChannel channel) {}
}
