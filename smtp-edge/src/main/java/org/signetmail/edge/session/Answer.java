package org.signetmail.edge.session;

import org.signetmail.edge.reply.Reply;

/** The final reply to a message; hanging up after it is part of the answer. */
public record Answer(Reply reply, boolean close) {
    public static Answer of(Reply reply) {
        return new Answer(reply, false);
    }
}
