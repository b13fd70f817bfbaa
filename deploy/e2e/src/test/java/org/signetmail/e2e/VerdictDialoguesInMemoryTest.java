package org.signetmail.e2e;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.connection.MemoryWire;
import org.signetmail.edge.connection.TestEdge;
import org.signetmail.edge.intake.Consequences;
import org.signetmail.edge.intake.MessageIntake;
import org.signetmail.edge.intake.Probes;
import org.signetmail.edge.intake.ReceivedMessage;
import org.signetmail.edge.policy.VerdictEvent;
import org.signetmail.edge.policy.VerdictEvent.Violation;
import org.signetmail.edge.protocollog.Level;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.trace.Traces;
import org.signetmail.local.dialogue.Dialogue;
import org.signetmail.local.dialogue.DialoguePlayer;
import org.signetmail.policy.check.DisplayNameAddress;

/** Every row of the verdict table, in memory: the edge's session and reading, policy's judge, nothing between them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class VerdictDialoguesInMemoryTest {
    @TestFactory
    Stream<DynamicTest> everyTrickGetsItsVerdict() throws Exception {
        return tests(Dialogues.VERDICTS, DisplayNameAddress.REPORT);
    }

    @TestFactory
    Stream<DynamicTest> displayNamesMayBeRefused() throws Exception {
        return tests(Dialogues.DISPLAY_NAMES_REJECTED, DisplayNameAddress.REJECT);
    }

    private static Stream<DynamicTest> tests(Path dialogues, DisplayNameAddress setting) throws Exception {
        var intake = new MessageIntake(
                Optional.empty(),
                new JudgeInProcess(setting),
                new Forgotten(),
                new Probes(),
                new EdgeMetrics(new SimpleMeterRegistry()),
                Traces.none(),
                Clock.systemUTC());
        var edge = new TestEdge(intake, ProtocolLog.open(Level.NONE, Path.of("target/unused.log")));
        return Dialogue.below(dialogues).stream()
                .map(dialogue -> DynamicTest.dynamicTest(dialogue.name(), () -> {
                    var wire = new MemoryWire();
                    Thread server = edge.serve(wire);
                    new DialoguePlayer(dialogue).play(wire);
                    wire.hangUp();
                    server.join();
                }));
    }

    /** Nothing is durable in memory, and nothing needs to be. */
    private static final class Forgotten implements Consequences {
        @Override
        public void relay(ReceivedMessage message, VerdictEvent verdict) {
            // The reply is what a dialogue looks at.
        }

        @Override
        public void record(ReceivedMessage message, VerdictEvent verdict, Violation violation, Optional<Path> copy) {
            // The reply is what a dialogue looks at.
        }
    }
}
