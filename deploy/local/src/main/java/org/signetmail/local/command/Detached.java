package org.signetmail.local.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.process.Layout;
import org.signetmail.local.process.ProcessRecord;
import org.signetmail.local.process.Trees;
import org.signetmail.local.stack.Home;
import org.signetmail.local.stack.StackOptions;

/** {@code up --detach}: the same command in a process that no terminal ends, shown here until it is ready. */
final class Detached {
    private static final Duration POLL = Duration.ofMillis(100);

    private final JavaProcess supervisor;
    private final Home home;
    private long shown;

    private Detached(JavaProcess supervisor, Home home) {
        this.supervisor = supervisor;
        this.home = home;
    }

    /** Returns the exit code: 0 when every part is ready. */
    static int start(StackOptions options) throws IOException, InterruptedException {
        var home = new Home(options.directory());
        Optional<ProcessRecord> holder = home.supervisor().filter(ProcessRecord::isAlive);
        if (holder.isPresent()) {
            System.err.println(
                    "Signet is already running (process " + holder.get().pid() + "). Stop it with ./signet down");
            return 1;
        }
        Path log = home.supervisorLog();
        Trees.createPrivateDirectory(log.getParent());
        Files.deleteIfExists(log);
        Files.deleteIfExists(home.ready());
        JavaProcess supervisor = JavaProcess.named("supervisor", log)
                .option("-Dsignet.root=" + Layout.root())
                .option("-Xmx128m")
                .option("-XX:+UseSerialGC")
                .mainClass("org.signetmail.local.Signet")
                .argument("up")
                .argument("--port-offset=" + options.portOffset())
                .start();
        return new Detached(supervisor, home).follow();
    }

    private int follow() throws IOException, InterruptedException {
        while (supervisor.isAlive() && Files.notExists(home.ready())) {
            showNews();
            Thread.sleep(POLL);
        }
        boolean ready = supervisor.isAlive();
        if (ready) {
            Thread.sleep(POLL.multipliedBy(2)); // It prints the summary just now.
            supervisor.outliveThisJvm();
        }
        showNews();
        return ready ? 0 : 1;
    }

    private void showNews() throws IOException {
        try (var log = new RandomAccessFile(home.supervisorLog().toFile(), "r")) {
            log.seek(shown);
            var news = new byte[(int) (log.length() - shown)];
            log.readFully(news);
            shown += news.length;
            System.out.print(new String(news, StandardCharsets.UTF_8));
        }
    }
}
