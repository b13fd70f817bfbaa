package org.signetmail.edge.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.signetmail.edge.auth.SecureChannel;
import org.signetmail.edge.connection.Wire;

/**
 * A connection without sockets and threads: whenever the server waits for the client, it is handed what the client sends
 * next, which may depend on the replies so far.
 */
public final class FlightWire implements Wire {
    private final Function<String, String> client;
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream();
    private final Input input = new Input();
    private byte[] flight = {};
    private int position;
    private int told;

    /** @param client takes what the server said since it was asked last; gives octets, or nothing when it hangs up */
    public FlightWire(Function<String, String> client) {
        this.client = client;
    }

    /** All that the server said. */
    public String replies() {
        return replies.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return replies;
    }

    @Override
    public void timeout(int millis) {
        // Nobody waits.
    }

    @Override
    public Secured upgrade() {
        return new Secured(this, new SecureChannel("TLSv1.3"));
    }

    @Override
    public void stopListening() {
        // Nobody stops.
    }

    @Override
    public void endOutput() {
        // The client reads to the end anyway.
    }

    @Override
    public void abort() {
        // There is nothing to abort.
    }

    @Override
    public void close() {
        // There is nothing to close.
    }

    private final class Input extends InputStream {
        @Override
        public int read() {
            byte[] octet = new byte[1];
            return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
        }

        @Override
        public int read(byte[] octets, int offset, int length) {
            while (position == flight.length) {
                String all = replies();
                String next = client.apply(all.substring(told));
                told = all.length();
                if (next == null) {
                    return -1;
                }
                flight = next.getBytes(StandardCharsets.ISO_8859_1);
                position = 0;
            }
            int count = Math.min(length, flight.length - position);
            System.arraycopy(flight, position, octets, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return flight.length - position;
        }
    }
}
