package org.signetmail.edge.protocollog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The file behind the protocol log, appended to by one thread. Its failures cost lines, which are counted, and no more. */
final class LogFile implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(LogFile.class.getName());
    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private final Path path;
    private final AtomicLong lost;
    private FileChannel channel;
    private boolean failing;

    LogFile(Path path, AtomicLong lost) {
        this.path = path;
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
        if (channel == null) {
            channel = FileChannel.open(path, APPEND, PRIVATE_FILE);
        }
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
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
