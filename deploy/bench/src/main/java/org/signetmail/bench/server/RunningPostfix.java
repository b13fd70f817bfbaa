package org.signetmail.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.signetmail.bench.load.Door;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.process.Layout;
import org.signetmail.local.process.Ports;
import org.signetmail.local.process.ProgramProcess;
import org.signetmail.local.stack.Part;

/**
 * Postfix with Dovecot's authentication, of the machine's packages (Debian: postfix, dovecot-core), as configured in
 * {@code deploy/bench/peers/postfix}: the peer that Signet is compared with. Needs root, as Postfix does.
 */
final class RunningPostfix implements RunningServer {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final List<String> QUEUES = List.of("incoming", "active", "deferred");
    private static final Path FILES = Layout.root().resolve("deploy/bench/peers/postfix");

    private final Path directory;
    private final Door door;
    private final JavaProcess store;
    private final ProgramProcess dovecot;
    private final ProgramProcess postfix;

    private RunningPostfix(
            Path directory, Door door, JavaProcess store, ProgramProcess dovecot, ProgramProcess postfix) {
        this.directory = directory;
        this.door = door;
        this.store = store;
        this.dovecot = dovecot;
        this.postfix = postfix;
    }

    static RunningPostfix start(Path directory) throws IOException {
        Path home = directory.toAbsolutePath();
        Path etc = home.resolve("etc");
        prepare(home);
        var door = new Door(Ports.free(), Ports.free(), certificate(etc).toString());
        int storePort = Ports.free();
        var values = Map.of(
                "${DIRECTORY}", home.toString(),
                "${PORT}", Integer.toString(door.port()),
                "${TLS_PORT}", Integer.toString(door.tlsPort()),
                "${STORE_PORT}", Integer.toString(storePort));
        for (String file : List.of("main.cf", "master.cf", "dovecot.conf")) {
            Files.writeString(etc.resolve(file), filled(Files.readString(FILES.resolve(file)), values));
        }
        Files.writeString(etc.resolve("logins"), "alice@example.test alice\nceo@example.test ceo\n");
        String verifier = ProgramProcess.run(List.of("doveadm", "pw", "-s", "SCRAM-SHA-256", "-p", "alice-password"));
        Files.writeString(etc.resolve("users"), "alice:" + verifier.strip() + "\n");
        JavaProcess store = JavaProcess.named(Part.MAIL_STORE.label(), home.resolve("mail-store.log"))
                .option("-Xmx512m")
                .option("-XX:+UseSerialGC")
                .mainClass("org.signetmail.local.mailstore.MailStoreMain")
                .argument(Integer.toString(storePort))
                .argument(Integer.toString(Ports.free()))
                .start();
        store.awaitPort(storePort, START_LIMIT);
        ProgramProcess dovecot = ProgramProcess.start(
                List.of("dovecot", "-F", "-c", etc + "/dovecot.conf"), home.resolve("dovecot.log"));
        ProgramProcess postfix =
                ProgramProcess.start(List.of("postfix", "-c", etc.toString(), "start-fg"), home.resolve("postfix.log"));
        var running = new RunningPostfix(home, door, store, dovecot, postfix);
        postfix.awaitPort(door.port(), START_LIMIT);
        return running;
    }

    private static void prepare(Path home) throws IOException {
        for (String folder : List.of("etc", "spool/private", "data", "run")) {
            Files.createDirectories(home.resolve(folder));
        }
        ProgramProcess.run(List.of(
                "chown",
                "postfix",
                home.resolve("data").toString(),
                home.resolve("spool/private").toString()));
        ProgramProcess.run(List.of(
                "chmod",
                "755",
                home.resolve("spool").toString(),
                home.resolve("etc").toString()));
    }

    /** Self-signed, with a key of the same kind as the local stack's. */
    private static Path certificate(Path etc) throws IOException {
        Path certificate = etc.resolve("tls.pem");
        ProgramProcess.run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=mail.example.test",
                "-addext",
                "subjectAltName=DNS:mail.example.test,IP:127.0.0.1",
                "-keyout",
                etc.resolve("tls.key").toString(),
                "-out",
                certificate.toString()));
        return certificate;
    }

    private static String filled(String text, Map<String, String> values) {
        String filled = text;
        for (var value : values.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue());
        }
        return filled;
    }

    @Override
    public Door door() {
        return door;
    }

    @Override
    public Map<String, Long> processes() {
        var processes = new LinkedHashMap<String, Long>();
        processes.put("postfix", postfix.pid());
        processes.put("dovecot", dovecot.pid());
        processes.put(Part.MAIL_STORE.label(), store.pid());
        return processes;
    }

    @Override
    public OptionalLong edge() {
        return OptionalLong.empty();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Map<String, Long> queued() throws IOException {
        var queued = new TreeMap<String, Long>();
        for (String queue : QUEUES) {
            long files = files(directory.resolve("spool").resolve(queue));
            if (files > 0) {
                queued.put(queue, files);
            }
        }
        return queued;
    }

    /** Files come and go while they are counted. */
    private static long files(Path queue) throws IOException {
        if (Files.notExists(queue)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(queue)) {
            return all.filter(Files::isRegularFile).count();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return 1;
            }
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        postfix.close();
        dovecot.close();
        store.close();
    }
}
