package org.signetmail.edge.content;

import java.io.IOException;
import java.lang.System.Logger;
import java.util.Arrays;
import java.util.Optional;

/**
 * A message that is being read, octet by octet: in memory as long as it is short and there is room, then in a file but for
 * its header. Past a limit it counts on without keeping anything. Closing it gives back all that it and its
 * {@link StoredMessage} hold. Belongs to one thread.
 */
public final class Draft implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Draft.class.getName());
    private static final byte[] NOTHING = {};
    private static final int FIRST_OCTETS = 4 * 1024;

    /** Taken before the client may begin, so that whoever has begun need not wait to spill. */
    private static final int RESERVE = 2 * SpillFile.BUFFER;

    /** How it goes. */
    public enum State {
        FITS,
        /** More octets than a message may have. */
        TOO_BIG,
        /** More octets than a header may have. */
        HEADER_TOO_BIG,
        /** There was no room for it, or the disk failed. */
        NO_ROOM
    }

    private final Storage storage;
    private final int maxOctets;
    private final Storage.Waits waits;
    private final Budget.Share memoryShare;
    private final Budget.Share diskShare;
    private State state = State.FITS;
    private byte[] memory = NOTHING;
    private int held;
    private SpillFile file;
    private long size;
    private int headerLength = -1;
    private boolean lineStarts = true;

    Draft(Storage storage, int maxOctets, Storage.Waits waits) {
        this.storage = storage;
        this.maxOctets = maxOctets;
        this.waits = waits;
        this.memoryShare = storage.memory().share();
        this.diskShare = storage.disk().share();
        if (awaitRoom(memoryShare, RESERVE)) {
            memory = new byte[FIRST_OCTETS];
        } else {
            giveUp(State.NO_ROOM);
        }
    }

    public State state() {
        return state;
    }

    /** Takes the next octet. The caller has seen to it that CR and LF come as CRLF only. */
    public void append(int octet) {
        if (state == State.FITS) {
            check(octet);
        }
        if (state == State.FITS) {
            keep(octet);
        }
        size++;
    }

    private void check(int octet) {
        if (headerLength < 0) {
            if (lineStarts && octet == '\r') {
                headerLength = Math.toIntExact(size) + 2; // RFC 5322 section 2.1: the empty line ends it
            } else if (size == storage.maxHeaderOctets()) {
                giveUp(State.HEADER_TOO_BIG);
            }
            lineStarts = octet == '\n';
        }
        if (size == maxOctets && state == State.FITS) {
            giveUp(State.TOO_BIG);
        }
    }

    private void keep(int octet) {
        try {
            if (file == null && held == memory.length) {
                makeRoom();
            }
            if (file != null) {
                file.append(octet);
            } else if (state == State.FITS) {
                memory[held++] = (byte) octet;
            }
        } catch (IOException e) {
            LOG.log(Logger.Level.ERROR, "A message cannot be spilled to " + storage.directory(), e);
            giveUp(State.NO_ROOM);
        }
    }

    private void makeRoom() throws IOException {
        boolean inHeader = headerLength < 0 || size < headerLength;
        int wanted = Math.min(2 * memory.length, maxOctets);
        if ((inHeader || wanted <= storage.spillAbove()) && memoryShare.growAtOnce(wanted)
                || inHeader && awaitRoom(memoryShare, wanted)) {
            memory = Arrays.copyOf(memory, wanted);
        } else if (!inHeader
                && awaitRoom(diskShare, maxOctets)
                && awaitRoom(memoryShare, (long) headerLength + SpillFile.BUFFER)) {
            spill();
        } else {
            giveUp(State.NO_ROOM);
        }
    }

    private void spill() throws IOException {
        file = new SpillFile(storage.directory());
        file.append(memory, headerLength, held);
        memory = Arrays.copyOf(memory, headerLength);
        held = headerLength;
        memoryShare.shrink(Math.max(RESERVE, (long) headerLength + SpillFile.BUFFER));
    }

    private boolean awaitRoom(Budget.Share share, long octets) {
        if (share.growAtOnce(octets)) {
            return true;
        }
        waits.begin();
        try {
            return share.growWithin(octets, storage.limit());
        } finally {
            waits.end();
        }
    }

    /** The whole message; only while it {@link State#FITS}. Empty when it could not be kept after all. */
    public Optional<StoredMessage> complete() {
        try {
            if (file != null) {
                file.complete();
                diskShare.shrink(file.length());
            }
            memoryShare.shrink(memory.length);
            int header = headerLength < 0 ? held : Math.min(headerLength, held);
            return Optional.of(new StoredMessage(memory, held, header, Optional.ofNullable(file)));
        } catch (IOException e) {
            LOG.log(Logger.Level.ERROR, "A message cannot be spilled to " + storage.directory(), e);
            giveUp(State.NO_ROOM);
            return Optional.empty();
        }
    }

    private void giveUp(State why) {
        state = why;
        close();
    }

    @Override
    public void close() {
        memory = NOTHING;
        held = 0;
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.log(Logger.Level.WARNING, "A spilled message was not closed", e);
            }
            file = null;
        }
        memoryShare.close();
        diskShare.close();
    }
}
