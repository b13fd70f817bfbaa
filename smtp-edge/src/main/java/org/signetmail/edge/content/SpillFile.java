package org.signetmail.edge.content;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Octets on disk, first written, then read. The file has no name from the moment it is open, so that it is gone when this
 * process is, however it ends.
 */
final class SpillFile implements AutoCloseable {
    static final String PREFIX = "spill-";
    static final int BUFFER = 16 * 1024;
    private static final Set<StandardOpenOption> OPTIONS = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE); // on Unix the name goes at once
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final FileChannel channel;
    private byte[] buffer = new byte[BUFFER];
    private int buffered;
    private long length;

    SpillFile(Path directory) throws IOException {
        channel = FileChannel.open(directory.resolve(PREFIX + UUID.randomUUID()), OPTIONS, PRIVATE);
    }

    void append(int octet) throws IOException {
        if (buffered == buffer.length) {
            flush();
        }
        buffer[buffered++] = (byte) octet;
    }

    void append(byte[] octets, int from, int to) throws IOException {
        flush();
        writeAll(ByteBuffer.wrap(octets, from, to - from));
    }

    /** Nothing is appended any more. */
    void complete() throws IOException {
        flush();
        buffer = new byte[0];
    }

    private void flush() throws IOException {
        writeAll(ByteBuffer.wrap(buffer, 0, buffered));
        buffered = 0;
    }

    private void writeAll(ByteBuffer octets) throws IOException {
        length += octets.remaining();
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    long length() {
        return length;
    }

    void read(long from, ByteBuffer into) throws IOException {
        long position = from;
        while (into.hasRemaining()) {
            int count = channel.read(into, position);
            if (count < 0) {
                throw new EOFException("A spilled message is shorter than it was written");
            }
            position += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
