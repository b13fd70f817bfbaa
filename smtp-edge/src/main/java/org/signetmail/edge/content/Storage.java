package org.signetmail.edge.content;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the messages in hand are kept, within one budget for memory and one for disk. When a budget is used up, whoever
 * needs more waits and meanwhile reads nothing from its client (so that TCP tells it to wait), and in the end does without.
 *
 * @param memory octets of all messages in hand that are in memory
 * @param disk octets of all messages in hand that are in files
 * @param spillAbove a longer message is in a file but for its header
 * @param maxOctets of a message
 * @param maxHeaderOctets of its header block
 * @param limit of a wait; shorter than clients bear (RFC 5321 section 4.5.3.2)
 */
public record Storage(
        Budget memory,
        Budget disk,
        int spillAbove,
        Path directory,
        int maxOctets,
        int maxHeaderOctets,
        Duration limit) {

    /** Makes the directory, and takes away what another process could not. */
    public void prepare() throws IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> leftOver = Files.newDirectoryStream(directory, SpillFile.PREFIX + "*")) {
            for (Path file : leftOver) {
                Files.deleteIfExists(file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /**
     * Room for one more message.
     *
     * @param maxOctets that it may have, where that differs from what the others may
     * @param waits told before and after each wait
     */
    public Draft draft(int maxOctets, Waits waits) {
        return new Draft(this, maxOctets, waits);
    }

    /** As the other, of the size that messages may have. */
    public Draft draft(Waits waits) {
        return draft(maxOctets, waits);
    }

    /** Learns when a message waits for room: that time is not its client's. */
    public interface Waits {
        void begin();

        void end();

        /** Nobody to be told. */
        Waits UNNOTICED = new Waits() {
            @Override
            public void begin() {
                // Nobody is interested.
            }

            @Override
            public void end() {
                // Nobody is interested.
            }
        };
    }
}
