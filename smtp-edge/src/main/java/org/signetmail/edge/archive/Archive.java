package org.signetmail.edge.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.signetmail.edge.content.StoredMessage;

/**
 * A copy of each received message, before its event is published: {@code DIRECTORY/in/archive/W} and 20 hex digits, the
 * first twelve of them the time. A file appears whole or not at all; many edges may share the directory.
 */
public final class Archive {
    private static final Set<PosixFilePermission> PRIVATE_DIRECTORY = PosixFilePermissions.fromString("rwxr-x---");
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-r-----");
    private static final int NAMES_TO_TRY = 10;

    private final Path directory;
    private final Path archive;
    private final Path unfinished;
    private final Path shown;
    private final Clock clock;
    private final IntSupplier random;

    /** Nothing is touched before the first message: an archive that is not there yet defers mail, not the start. */
    public Archive(Path directory) {
        this(directory, Optional.empty());
    }

    /** @param shownAs what the directory is called where notifications are read, if it is mounted elsewhere there */
    public Archive(Path directory, Optional<Path> shownAs) {
        this(directory, shownAs, Clock.systemUTC(), new SecureRandom()::nextInt);
    }

    Archive(Path directory, Optional<Path> shownAs, Clock clock, IntSupplier random) {
        this.directory = directory.toAbsolutePath().normalize();
        archive = this.directory.resolve("in", "archive");
        unfinished = this.directory.resolve("in", "tmp");
        shown = shownAs.orElse(this.directory).resolve("in", "archive");
        this.clock = clock;
        this.random = random;
    }

    /**
     * Returns when the message is on disk, octets and name, so that it outlives a power cut.
     *
     * @return absolute path of the new file, as it goes into notifications
     */
    public Path write(StoredMessage message) throws ArchiveFailed {
        try {
            create(archive);
            create(unfinished);
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

    /** Creates what is missing of the directory, and has it on disk; with its permissions whatever the umask is. */
    private void create(Path wanted) throws IOException {
        if (Files.isDirectory(wanted)) {
            return;
        }
        Files.createDirectories(directory);
        for (Path part : List.of(wanted.getParent(), wanted)) {
            try {
                Files.createDirectory(part, PosixFilePermissions.asFileAttribute(PRIVATE_DIRECTORY));
                Files.setPosixFilePermissions(part, PRIVATE_DIRECTORY);
                sync(part.getParent());
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(part)) {
                    throw e;
                }
            }
        }
    }

    /** What a directory lists must survive a power cut, too. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
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
                Path part =
                        Files.createFile(unfinished.resolve(name), PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
                Files.setPosixFilePermissions(part, PRIVATE_FILE); // the umask may have taken the group's
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
        sync(archive);
        return shown.resolve(part.getFileName());
    }

    private static void discard(Path part, IOException cause) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
