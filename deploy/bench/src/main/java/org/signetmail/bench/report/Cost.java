package org.signetmail.bench.report;

/**
 * What a process took for the measured messages.
 *
 * @param cpuPer1000 CPU seconds per 1000 messages until the last reply
 * @param cpuPer1000WithQueue the same until the queued work was done as well
 * @param memoryMiB at the last reply, resident
 */
public record Cost(double cpuPer1000, double cpuPer1000WithQueue, double memoryMiB) {
    Cost plus(Cost other) {
        return new Cost(
                cpuPer1000 + other.cpuPer1000,
                cpuPer1000WithQueue + other.cpuPer1000WithQueue,
                memoryMiB + other.memoryMiB);
    }
}
