package org.signetmail.bench.scenario;

/**
 * What the load client does in one run: a closed loop, in which each connection sends its next message when the one
 * before is answered.
 *
 * @param connections open at a time
 * @param messagesPerConnection sent after one sign-in; then the connection is closed and another one opened
 * @param messages in all; a message that fails counts as well
 * @param messageSize octets of the content, header and body, without the dot that ends it
 * @param pipelining MAIL, RCPT and DATA in one write (RFC 2920), or each after the reply to the one before
 * @param timeLimitSeconds when it is over no further message is begun
 * @param mailFrom envelope sender
 * @param from address of the From field
 * @param answeredAt which command's reply is the final one
 * @param finalReply its code
 */
public record Load(
        int connections,
        int messagesPerConnection,
        int messages,
        int messageSize,
        boolean pipelining,
        int timeLimitSeconds,
        String login,
        String password,
        String mailFrom,
        String from,
        String recipient,
        AnsweredAt answeredAt,
        int finalReply) {
    /** Where a server says what becomes of a message. */
    public enum AnsweredAt {
        /** It refuses the envelope: no content is sent. */
        RCPT,
        CONTENT
    }

    /** The same load with another number of messages. */
    public Load withMessages(int number) {
        return new Load(
                connections,
                messagesPerConnection,
                number,
                messageSize,
                pipelining,
                timeLimitSeconds,
                login,
                password,
                mailFrom,
                from,
                recipient,
                answeredAt,
                finalReply);
    }
}
