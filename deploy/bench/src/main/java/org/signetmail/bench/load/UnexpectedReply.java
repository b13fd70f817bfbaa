package org.signetmail.bench.load;

/** The server answered otherwise than the scenario says; the message names command and reply. */
final class UnexpectedReply extends Exception {
    private static final long serialVersionUID = 1;

    UnexpectedReply(String command, Reply reply) {
        super(describe(command, reply));
    }

    static String describe(String command, Reply reply) {
        return command + ": " + reply.text();
    }
}
