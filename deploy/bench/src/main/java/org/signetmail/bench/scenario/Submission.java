package org.signetmail.bench.scenario;

/**
 * A kind of message that the load client sends, and what is to become of it.
 *
 * @param mailFrom envelope sender
 * @param from address of the From field
 * @param answeredAt which command's reply is the final one
 * @param finalReply its code
 */
public record Submission(String mailFrom, String from, AnsweredAt answeredAt, int finalReply) {
    /** Where a server says what becomes of a message. */
    public enum AnsweredAt {
        /** It refuses the envelope: no content is sent. */
        RCPT,
        CONTENT
    }

    /** Of an account that uses its own address, and is believed. */
    public static Submission honest(String address) {
        return new Submission(address, address, AnsweredAt.CONTENT, 250);
    }
}
