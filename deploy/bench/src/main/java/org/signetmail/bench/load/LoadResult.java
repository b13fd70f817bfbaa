package org.signetmail.bench.load;

import java.util.Map;

/**
 * What a run of the load client saw.
 *
 * @param messages that were answered as expected
 * @param seconds from the first connection to the last final reply
 * @param cutShort whether the time limit came before the last message
 * @param replies how often content was answered with each code
 * @param unexpected what went otherwise than the scenario says, in words, and how often; empty in a good run
 * @param finalReply from the write of the content's end to the reply to it
 * @param transaction from the time when the message was due, in a closed loop the write of MAIL, to the final reply
 * @param signIn from the write of AUTH to its reply
 */
public record LoadResult(
        long messages,
        double seconds,
        boolean cutShort,
        Map<Integer, Long> replies,
        Map<String, Long> unexpected,
        Latency finalReply,
        Latency transaction,
        Latency signIn) {

    /** Whether every message was answered as expected, and there was one. */
    public boolean allExpected() {
        return unexpected.isEmpty() && messages > 0;
    }

    public double messagesPerSecond() {
        return seconds == 0 ? 0 : messages / seconds;
    }
}
