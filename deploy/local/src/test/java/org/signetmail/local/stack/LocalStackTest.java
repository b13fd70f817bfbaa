package org.signetmail.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.local.process.PartFailed;
import org.signetmail.local.process.Ports;
import org.signetmail.local.process.ProcessRecord;

/** The stack with real Kafka, PostgreSQL and mail store; the services are stubs. */
class LocalStackTest {
    private static final int OFFSET = 4100;

    private StubCheckout checkout;
    private StackOptions options;

    @BeforeEach
    void checkout(@TempDir Path directory) throws Exception {
        // A space, because newcomers' directories have them.
        Path root = Files.createDirectory(directory.resolve("a checkout"));
        checkout = new StubCheckout(root);
        options = StackOptions.in(root.resolve(".signet")).withPortOffset(OFFSET);
    }

    @AfterEach
    void realCheckout() {
        checkout.close();
    }

    @Test
    void everyPartIsStartedKilledAndStartedAgain() throws Exception {
        try (LocalStack stack = LocalStack.start(options)) {
            assertTrue(Files.exists(stack.home().ready()));
            for (Part part : Part.values()) {
                long before = stack.pid(part);
                stack.kill(part);
                assertTrue(
                        ProcessHandle.of(before).filter(ProcessHandle::isAlive).isEmpty(), part.label());
                stack.start(part);
                assertTrue(stack.home().process(part).orElseThrow().isAlive(), part.label());
            }
            assertThrows(AlreadyRunning.class, () -> LocalStack.start(options));
        }
        for (Part part : Part.values()) {
            assertEquals(Optional.empty(), new Home(options.directory()).process(part), part.label());
        }
        assertTrue(Ports.isFree(new Endpoints(OFFSET).kafkaPort()));
    }

    @Test
    void theDemoDirectoryIsWrittenAtTheFirstStartOnly() throws Exception {
        try (LocalStack stack = LocalStack.prepare(options)) {
            stack.start(Part.DIRECTORY_SERVICE);
            assertEquals(DemoDirectory.requests().size(), changes(stack.log(Part.DIRECTORY_SERVICE)));
            stack.restart(Part.DIRECTORY_SERVICE);
            assertEquals(DemoDirectory.requests().size(), changes(stack.log(Part.DIRECTORY_SERVICE)));
        }
    }

    @Test
    void aServiceThatDiesIsNamedWithItsLogAndTheRestIsStopped() {
        var failing = options.withEnvironment(Part.POLICY_SERVICE, Map.of("STUB_FAILS", "true"));
        var failed = assertThrows(PartFailed.class, () -> LocalStack.start(failing));
        assertTrue(failed.getMessage().startsWith("policy-service ended with exit code 3"), failed.getMessage());
        assertTrue(failed.getMessage().endsWith("policy-service.log"), failed.getMessage());
        assertEquals(List.of("The stub was told to fail"), failed.lastLines(20));
        for (int port : List.of(19092 + OFFSET, 15432 + OFFSET, 2525 + OFFSET, 8081 + OFFSET)) {
            assertTrue(Ports.isFree(port), "port " + port);
        }
    }

    @Test
    void aPortThatIsTakenIsNamedBeforeAnythingStarts() throws Exception {
        int port = new Endpoints(OFFSET).storeSmtpPort();
        try (var other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            var taken = assertThrows(PortsTaken.class, () -> LocalStack.start(options));
            assertEquals(
                    "Port 6625 is taken by another program; mail-store wants it (SMTP).\nNothing was started. "
                            + "Stop that program, or shift all ports of Signet: ./signet up --port-offset 4200",
                    taken.getMessage());
            assertFalse(Files.exists(options.directory().resolve("kafka")));
            assertFalse(other.isClosed());
        }
    }

    @Test
    void partsThatOutlivedTheirSupervisorAreStoppedAtTheNextStart() throws Exception {
        var home = new Home(options.directory());
        home.create();
        Process leftover = new ProcessBuilder("sleep", "600").start();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        ProcessRecord.of(leftover.pid()).write(home.record(Part.NOTIFIER));
        // An id that was used again: the process started at another time than the record says.
        var stale = new ProcessRecord(
                stranger.pid(), ProcessRecord.of(stranger.pid()).started().minusSeconds(60));
        stale.write(home.record(Part.SMTP_EDGE));
        try (LocalStack stack = LocalStack.prepare(options)) {
            assertFalse(leftover.isAlive());
            assertTrue(stranger.isAlive());
            assertEquals(Optional.empty(), stack.home().process(Part.NOTIFIER));
        } finally {
            stranger.destroyForcibly();
        }
    }

    private static long changes(Path log) throws Exception {
        return Files.readAllLines(log).stream()
                .filter(line -> !line.startsWith("GET"))
                .count();
    }
}
