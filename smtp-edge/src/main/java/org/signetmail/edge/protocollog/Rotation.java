package org.signetmail.edge.protocollog;

/**
 * When the protocol log begins a new file; the former ones are called {@code FILE.1}, {@code FILE.2} and so on, the newest
 * first.
 *
 * @param maxOctets of a file, as far as whole lines go
 * @param daily whether a day (UTC) begins a file
 * @param keep former files; with none the edge never rotates, and leaves it to others
 */
public record Rotation(long maxOctets, boolean daily, int keep) {
    static final Rotation NONE = new Rotation(Long.MAX_VALUE, false, 0);
}
