package org.signetmail.edge.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.IntSupplier;
import org.signetmail.edge.content.StoredMessage;

/**
 * A copy of each received message, before its event is published: {@code DIRECTORY/in/archive/W} and 20 hex digits, the
 * first twelve of them the time. A file appears whole or not at all; many edges may share the directory.
 */
public final class Archive {
    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
    private static final int NAMES_TO_TRY = 10;

    private final Path archive;
    private final Path unfinished;
    private final Clock clock;
    private final IntSupplier random;

    /** Nothing is touched before the first message: an archive that is not there yet defers mail, not the start. */
    public Archive(Path directory) {
        this(directory, Clock.systemUTC(), new SecureRandom()::nextInt);
    }

    Archive(Path directory, Clock clock, IntSupplier random) {
        archive = directory.resolve("in", "archive");
        unfinished = directory.resolve("in", "tmp");
        this.clock = clock;
        this.random = random;
    }

    /**
     * Returns when the message is on disk.
     *
     * @return path of the new file, as it goes into notifications
     */
    public Path write(StoredMessage message) throws ArchiveFailed {
        try {
            Files.createDirectories(archive, PRIVATE_DIRECTORY);
            Files.createDirectories(unfinished, PRIVATE_DIRECTORY);
            Path part = reserve();
            try {
                return complete(part, message);
            } catch (IOException e) {
                discard(part, e);
                throw e;
            }
        } catch (IOException e) {
            throw new ArchiveFailed("Cannot archive a message below " + archive, e);
        }
    }

    /**
     * Creates the unfinished file under its final name. Whoever holds a name there is the only one to give it to a file of
     * the archive, so that the later check for one is no race.
     */
    private Path reserve() throws IOException {
        FileAlreadyExistsException taken = null;
        for (int i = 0; i < NAMES_TO_TRY; i++) {
            String name = "W%012X%08X".formatted(clock.millis(), random.getAsInt());
            try {
                Path part = Files.createFile(unfinished.resolve(name), PRIVATE_FILE);
                if (Files.notExists(archive.resolve(name))) {
                    return part;
                }
                Files.delete(part);
            } catch (FileAlreadyExistsException e) {
                taken = e;
            }
        }
        throw new IOException("No free name in " + archive + " after " + NAMES_TO_TRY + " tries", taken);
    }

    private Path complete(Path part, StoredMessage message) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            message.writeTo(channel);
            channel.force(true);
        }
        Path whole = archive.resolve(part.getFileName());
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(archive, StandardOpenOption.READ)) {
            directory.force(true); // the name, too, must survive a power cut
        }
        return whole;
    }

    private static void discard(Path part, IOException cause) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
