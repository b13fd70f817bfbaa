package org.signetmail.bench.scenario;

/**
 * What the load client does in one run. In a closed loop each connection sends its next message when the one before is
 * answered; in an open loop messages are due at times that no reply can put off.
 *
 * @param connections open at a time
 * @param messagesPerConnection sent after one sign-in; then the connection is closed and another one opened
 * @param messages in all; a message that fails counts as well
 * @param messageSize octets of the content, header and body, without the dot that ends it
 * @param pipelining MAIL, RCPT and DATA in one write (RFC 2920), or each after the reply to the one before
 * @param tls how a connection is protected
 * @param rate messages a second of an open loop; 0: a closed loop
 * @param timeLimitSeconds when it is over no further message is begun
 * @param senders who signs in
 * @param message that is sent; with numbered senders each uses its own address instead
 * @param forged the other kind of message
 * @param forgedEvery each so manieth message is of the other kind; 0: none
 */
public record Load(
        int connections,
        int messagesPerConnection,
        int messages,
        int messageSize,
        boolean pipelining,
        Tls tls,
        int rate,
        int timeLimitSeconds,
        Senders senders,
        String recipient,
        Submission message,
        Submission forged,
        int forgedEvery) {
    /** How a connection is protected. */
    public enum Tls {
        NONE,
        STARTTLS,
        IMPLICIT
    }

    /** Honest mail of alice, as fast as the connections can, for some seconds. */
    public static Load honest(int connections, int seconds) {
        int most = 1_000_000;
        Submission honest = Submission.honest("alice@example.test");
        return new Load(
                connections,
                20,
                most,
                2048,
                true,
                Tls.NONE,
                0,
                seconds,
                Senders.one("alice", "alice-password"),
                "discard@example.test",
                honest,
                honest,
                0);
    }

    /** The same load with another number of messages. */
    public Load withMessages(int number) {
        return with(connections, number, rate, timeLimitSeconds);
    }

    public Load withConnections(int number) {
        return with(number, messages, rate, timeLimitSeconds);
    }

    /** The same load with another time limit. */
    public Load within(int seconds) {
        return with(connections, messages, rate, seconds);
    }

    /** The same load as an open loop for some seconds. */
    public Load atRate(int perSecond, int seconds) {
        return with(connections, perSecond * seconds, perSecond, timeLimitSeconds);
    }

    /** The same load as a closed loop. */
    public Load closed() {
        return with(connections, messages, 0, timeLimitSeconds);
    }

    /** Of which kind the message with this number, from 1, is. */
    public Submission submission(long number) {
        return forgedEvery > 0 && number % forgedEvery == 0 ? forged : message;
    }

    private Load with(int open, int number, int perSecond, int seconds) {
        return new Load(
                open,
                messagesPerConnection,
                number,
                messageSize,
                pipelining,
                tls,
                perSecond,
                seconds,
                senders,
                recipient,
                message,
                forged,
                forgedEvery);
    }
}
