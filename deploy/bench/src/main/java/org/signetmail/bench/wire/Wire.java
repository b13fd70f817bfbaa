package org.signetmail.bench.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A socket read by lines and written whole: as little work as possible between the measured server and the clock. It trusts
 * its peer; the product's own reader is another one.
 */
public final class Wire implements Closeable {
    private static final int CAPACITY = 8192;
    private static final int SILENCE_MILLIS = 60_000;
    private static final byte[] END_OF_CONTENT = {'\r', '\n', '.', '\r', '\n'};

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[CAPACITY];
    private int next;
    private int end;

    public Wire(Socket socket) throws IOException {
        this(socket, SILENCE_MILLIS);
    }

    /** @param silenceMillis after which a peer that says nothing is given up */
    public Wire(Socket socket, int silenceMillis) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(silenceMillis);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** The next line without its line end, one character an octet; longer ones than 8 KiB are no SMTP. */
    public String readLine() throws IOException {
        int searched = next;
        while (true) {
            for (int i = searched; i < end; i++) {
                if (buffer[i] == '\n') {
                    int length = i - next - (i > next && buffer[i - 1] == '\r' ? 1 : 0);
                    String line = new String(buffer, next, length, StandardCharsets.ISO_8859_1);
                    next = i + 1;
                    return line;
                }
            }
            int unread = end - next;
            fill();
            searched = next + unread;
        }
    }

    /** Reads over the content of a message up to and with CRLF.CRLF (RFC 5321 section 4.5.2). */
    public void skipContent() throws IOException {
        int matched = 2; // Empty content: the line end of DATA counts as the first one.
        while (matched < END_OF_CONTENT.length) {
            if (next == end) {
                fill();
            }
            byte octet = buffer[next++];
            if (octet == END_OF_CONTENT[matched]) {
                matched++;
            } else {
                matched = octet == '\r' ? 1 : 0;
            }
        }
    }

    /** Whether a command, or a part of one, has arrived behind the one that was read. */
    public boolean hasMore() {
        return next < end;
    }

    public void write(byte[] octets) throws IOException {
        out.write(octets);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void fill() throws IOException {
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, end - next);
            end -= next;
            next = 0;
        }
        if (end == buffer.length) {
            throw new IOException("A line longer than " + CAPACITY + " octets");
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            throw new EOFException("The peer closed the connection");
        }
        end += count;
    }
}
