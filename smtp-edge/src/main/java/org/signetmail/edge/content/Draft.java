package org.signetmail.edge.content;

import java.util.Arrays;

/** A message that is being read, octet by octet; past a limit it counts on without keeping anything. */
public final class Draft implements AutoCloseable {
    private static final byte[] NOTHING = {};

    /** How it goes. */
    public enum State {
        FITS,
        /** More octets than a message may have. */
        TOO_BIG,
        /** More octets than a header may have. */
        HEADER_TOO_BIG
    }

    private final int maxOctets;
    private final int maxHeaderOctets;
    private State state = State.FITS;
    private byte[] octets = new byte[4096];
    private long size;
    private boolean inHeader = true;
    private boolean lineStarts = true;

    public Draft(int maxOctets, int maxHeaderOctets) {
        this.maxOctets = maxOctets;
        this.maxHeaderOctets = maxHeaderOctets;
    }

    public State state() {
        return state;
    }

    /** Takes the next octet. The caller has seen to it that CR and LF come as CRLF only. */
    public void append(int octet) {
        if (inHeader) {
            if (lineStarts && octet == '\r') {
                inHeader = false; // RFC 5322 section 2.1: the empty line ends it
            } else if (size == maxHeaderOctets) {
                giveUp(State.HEADER_TOO_BIG);
            }
            lineStarts = octet == '\n';
        }
        if (size == maxOctets && state == State.FITS) {
            giveUp(State.TOO_BIG);
        }
        if (state == State.FITS) {
            if (size == octets.length) {
                octets = Arrays.copyOf(octets, (int) Math.min(2L * octets.length, maxOctets));
            }
            octets[(int) size] = (byte) octet;
        }
        size++;
    }

    /** The whole message; only while it {@link State#FITS}. */
    public byte[] complete() {
        return Arrays.copyOf(octets, (int) size);
    }

    private void giveUp(State why) {
        state = why;
        close();
    }

    @Override
    public void close() {
        octets = NOTHING;
    }
}
