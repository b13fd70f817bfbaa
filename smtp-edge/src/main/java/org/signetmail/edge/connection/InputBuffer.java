package org.signetmail.edge.connection;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;

/**
 * The octets that arrived and were not consumed yet. The readers take them one by one; refilling blocks, and before it
 * does, the replies written so far go out. So a pipelined group is answered in one go (RFC 2920 section 3.2).
 */
final class InputBuffer {
    static final int END = -1;

    /** Thousands of sessions wait for a command at a time, most of them for ever. */
    private static final int FOR_COMMANDS = 512;

    private static final int FOR_CONTENT = 16 * 1024;

    private byte[] buffer = new byte[FOR_COMMANDS];
    private boolean content;
    private final BeforeWaiting beforeWaiting;
    private InputStream source;
    private int position;
    private int limit;
    private long arrived;

    /** What is to be done before the client is waited for. */
    @FunctionalInterface
    interface BeforeWaiting {
        void run() throws IOException;
    }

    InputBuffer(InputStream source, BeforeWaiting beforeWaiting) {
        this.source = source;
        this.beforeWaiting = beforeWaiting;
    }

    /** The next octet, 0 to 255, or {@link #END}; blocks until there is one. */
    int next() throws IOException {
        if (position == limit && !fill()) {
            return END;
        }
        return buffer[position++] & 0xFF;
    }

    /** From now on much is expected, or little. */
    void expectContent(boolean expected) {
        content = expected;
    }

    /** Whether the client has sent more than was read. */
    boolean hasMore() throws IOException {
        return position < limit || source.available() > 0;
    }

    /** Octets that came over this connection so far. */
    long arrived() {
        return arrived;
    }

    /** Reads on from the same connection inside TLS. Nothing may be left over from before. */
    void continueFrom(InputStream secured) {
        source = secured;
        position = 0;
        limit = 0;
    }

    private boolean fill() throws IOException {
        beforeWaiting.run();
        int size = content ? FOR_CONTENT : FOR_COMMANDS;
        if (buffer.length != size) {
            buffer = new byte[size];
        }
        int count = source.read(buffer, 0, size);
        position = 0;
        limit = Math.max(count, 0);
        arrived += limit;
        if (count == size) { // it may never have to be waited for, and nothing but waiting lets others have their turn
            LockSupport.parkNanos(1); // a yield may come back before those who were woken elsewhere
        }
        return count > 0;
    }
}
