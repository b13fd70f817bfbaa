package org.signetmail.edge.protocollog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The file behind the protocol log, appended to by one thread. It rotates itself, and when somebody else renames or deletes
 * the file (logrotate) the next lines begin a new one. Its failures cost lines, which are counted, and no more.
 */
final class LogFile implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(LogFile.class.getName());
    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private final Path path;
    private final Rotation rotation;
    private final Clock clock;
    private final AtomicLong lost;
    private FileChannel channel;
    private Object fileKey;
    private LocalDate day;
    private boolean failing;

    LogFile(Path path, Rotation rotation, Clock clock, AtomicLong lost) {
        this.path = path;
        this.rotation = rotation;
        this.clock = clock;
        this.lost = lost;
    }

    /** @param lines each with its line end */
    void write(List<String> lines) {
        var octets = new ByteArrayOutputStream();
        if (failing && channel != null) {
            octets.write('\n'); // what failed may have left half a line
        }
        lines.forEach(line -> octets.writeBytes(line.getBytes(StandardCharsets.UTF_8)));
        try {
            append(ByteBuffer.wrap(octets.toByteArray()));
            if (failing) {
                failing = false;
                LOGGER.log(Logger.Level.INFO, "Protocol log {0} is written again", path);
            }
        } catch (IOException e) {
            lost.addAndGet(lines.size());
            if (!failing) {
                failing = true;
                LOGGER.log(Logger.Level.ERROR, "Protocol log " + path + " cannot be written; lines are lost", e);
            }
        }
    }

    private void append(ByteBuffer octets) throws IOException {
        if (channel != null && !isStillThere()) {
            channel.close();
            channel = null;
        }
        if (channel == null) {
            open();
        }
        if (isFull(octets.remaining())) {
            rotate();
        }
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    private void open() throws IOException {
        channel = FileChannel.open(path, APPEND, PRIVATE_FILE);
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        fileKey = attributes.fileKey();
        day = attributes.size() == 0
                ? today()
                : LocalDate.ofInstant(attributes.lastModifiedTime().toInstant(), ZoneOffset.UTC);
    }

    /** Whether the path still leads to the file that is open. */
    private boolean isStillThere() throws IOException {
        try {
            return Objects.equals(
                    fileKey,
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private boolean isFull(int more) throws IOException {
        long size = channel.size();
        return rotation.keep() > 0
                && size > 0
                && (size + more > rotation.maxOctets() || rotation.daily() && day.isBefore(today()));
    }

    /** The oldest goes, every other moves on by one, and a new file is begun. */
    private void rotate() throws IOException {
        for (int number = rotation.keep() - 1; number >= 1; number--) {
            move(former(number), former(number + 1));
        }
        move(path, former(1));
        channel.close();
        channel = null;
        open();
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException _) {
            // There are not that many yet.
        }
    }

    private Path former(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOGGER.log(Logger.Level.ERROR, "Protocol log " + path + " cannot be closed", e);
        }
    }
}
