package org.signetmail.bench.chaos;

/** A message that a client sent, and what it read. */
record Sent(String id, boolean forged, Answer answer) {
    /** What a client knows of its message. */
    enum Answer {
        /** 250: it is the server's now. */
        ACCEPTED,
        /** 554: it is forged. */
        REFUSED,
        /** 4xx: the client keeps it. */
        DEFERRED,
        /** The connection broke, or nothing came in time: the client keeps it, and cannot know. */
        NONE;

        static Answer of(int code) {
            return switch (code / 100) {
                case 2 -> ACCEPTED;
                case 4 -> DEFERRED;
                default -> REFUSED;
            };
        }
    }
}
