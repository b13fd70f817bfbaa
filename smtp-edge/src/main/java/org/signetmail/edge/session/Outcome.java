package org.signetmail.edge.session;

import java.net.InetAddress;
import org.signetmail.edge.auth.Credentials;
import org.signetmail.edge.reply.Reply;

/** What the connection has to do next on the session's behalf. */
public sealed interface Outcome {
    record Say(Reply reply) implements Outcome {}

    /** Say it and hang up; nothing that was sent ahead is looked at. */
    record Close(Reply reply) implements Outcome {}

    /** Say it, then negotiate TLS (RFC 3207). */
    record StartTls(Reply reply) implements Outcome {}

    /** Have the verifier of this login looked up and tell {@link Session#lookedUp}. */
    record LookUp(String login, InetAddress client) implements Outcome {}

    /** Have the credentials checked and tell {@link Session#authenticated}. */
    record Authenticate(Credentials credentials, InetAddress client) implements Outcome {}

    /** Say it, read the content and tell {@link Session#received}. */
    record ReceiveContent(Reply reply) implements Outcome {}

    /** Read so many octets, the next of the message or the last, and tell {@link Session#received}. */
    record ReceiveChunk(long octets, boolean last) implements Outcome {}

    /** Read past so many octets without looking at them, then do the other thing. */
    record Discard(long octets, Outcome then) implements Outcome {}

    /** Hand the message in, and tell {@link Session#answered}. */
    record Submit(Submission submission) implements Outcome {}
}
