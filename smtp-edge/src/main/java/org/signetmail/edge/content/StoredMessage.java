package org.signetmail.edge.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * A message that was read whole, every line ended by CRLF: its header in memory, the rest there as well or in a file. It
 * can be read for as long as the {@link Draft} that it was is open.
 */
public final class StoredMessage {
    private static final int PIECE = 64 * 1024;

    private final byte[] memory;
    private final int held;
    private final int headerLength;
    private final Optional<SpillFile> rest;

    /**
     * @param held octets of the array that are the message's
     * @param headerLength octets of the header block with the empty line behind it
     */
    StoredMessage(byte[] memory, int held, int headerLength, Optional<SpillFile> rest) {
        this.memory = memory;
        this.held = held;
        this.headerLength = headerLength;
        this.rest = rest;
    }

    /** All of a message, in memory. */
    public static StoredMessage of(byte[] octets) {
        int lineStart = 0;
        for (int i = 0; i + 1 < octets.length; i++) {
            if (octets[i] == '\r' && octets[i + 1] == '\n') {
                if (i == lineStart) {
                    return new StoredMessage(octets, octets.length, i + 2, Optional.empty());
                }
                lineStart = i + 2;
                i++;
            }
        }
        return new StoredMessage(octets, octets.length, octets.length, Optional.empty());
    }

    public long size() {
        return held + rest.map(SpillFile::length).orElse(0L);
    }

    /** The header block with the empty line behind it; all of the message when there is no empty line. */
    public byte[] header() {
        return Arrays.copyOf(memory, headerLength);
    }

    /** The octets from there on, as many as there are, but no more than asked for. */
    public byte[] part(long from, int length) throws IOException {
        var octets = new byte[Math.toIntExact(Math.min(length, size() - from))];
        read(from, octets, 0);
        return octets;
    }

    /** Fills the array from {@code offset} to its end. */
    public void read(long from, byte[] into, int offset) throws IOException {
        int count = into.length - offset;
        int inMemory = Math.clamp(held - from, 0, count);
        if (inMemory > 0) {
            System.arraycopy(memory, (int) from, into, offset, inMemory);
        }
        if (inMemory < count) {
            rest.orElseThrow().read(from + inMemory - held, ByteBuffer.wrap(into, offset + inMemory, count - inMemory));
        }
    }

    /** Writes all of it, piece by piece. */
    public void writeTo(WritableByteChannel channel) throws IOException {
        writeAll(ByteBuffer.wrap(memory, 0, held), channel);
        for (long at = held; at < size(); at += PIECE) {
            writeAll(ByteBuffer.wrap(part(at, PIECE)), channel);
        }
    }

    private static void writeAll(ByteBuffer octets, WritableByteChannel channel) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }
}
