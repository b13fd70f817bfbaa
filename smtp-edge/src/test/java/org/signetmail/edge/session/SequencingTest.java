package org.signetmail.edge.session;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.signetmail.edge.auth.Authentication;
import org.signetmail.edge.auth.Credentials;
import org.signetmail.edge.auth.FakeAccounts;
import org.signetmail.edge.command.CommandParser;
import org.signetmail.edge.command.Verb;
import org.signetmail.edge.reply.ReplyStyle;

/** Every verb in every state of a session: which are carried out, and which are refused as out of sequence. */
class SequencingTest {
    private static final String PLAIN = "AUTH PLAIN AGFsaWNlAGFsaWNlLXBhc3N3b3Jk";

    /** States by what has been said so far. */
    private enum State {
        CONNECTED(List.of()),
        HELO(List.of("HELO c.example")),
        EHLO(List.of("EHLO c.example")),
        AUTHENTICATED(List.of("EHLO c.example", PLAIN)),
        MAIL(List.of("EHLO c.example", PLAIN, "MAIL FROM:<a@b.example>")),
        RCPT(List.of("EHLO c.example", PLAIN, "MAIL FROM:<a@b.example>", "RCPT TO:<a@b.example>")),
        BDAT(List.of("EHLO c.example", PLAIN, "MAIL FROM:<a@b.example>", "RCPT TO:<a@b.example>", "BDAT 1"));

        private final List<String> said;

        State(List<String> said) {
            this.said = said;
        }
    }

    private static final Map<Verb, String> LINES = Map.ofEntries(
            entry(Verb.EHLO, "EHLO c.example"),
            entry(Verb.HELO, "HELO c.example"),
            entry(Verb.STARTTLS, "STARTTLS"),
            entry(Verb.AUTH, PLAIN),
            entry(Verb.MAIL, "MAIL FROM:<a@b.example>"),
            entry(Verb.RCPT, "RCPT TO:<a@b.example>"),
            entry(Verb.DATA, "DATA"),
            entry(Verb.RSET, "RSET"),
            entry(Verb.NOOP, "NOOP"),
            entry(Verb.BDAT, "BDAT 5"),
            entry(Verb.VRFY, "VRFY a"));

    private static final Map<Verb, Set<State>> ALLOWED = Map.ofEntries(
            entry(Verb.EHLO, EnumSet.allOf(State.class)),
            entry(Verb.HELO, EnumSet.allOf(State.class)),
            entry(Verb.STARTTLS, EnumSet.of(State.EHLO, State.AUTHENTICATED, State.MAIL, State.RCPT, State.BDAT)),
            entry(Verb.AUTH, EnumSet.of(State.EHLO)),
            entry(Verb.MAIL, EnumSet.of(State.AUTHENTICATED)),
            entry(Verb.RCPT, EnumSet.of(State.MAIL, State.RCPT)),
            entry(Verb.DATA, EnumSet.of(State.RCPT)),
            entry(Verb.BDAT, EnumSet.of(State.RCPT, State.BDAT)),
            entry(Verb.RSET, EnumSet.allOf(State.class)),
            entry(Verb.NOOP, EnumSet.allOf(State.class)),
            entry(Verb.VRFY, EnumSet.of(State.AUTHENTICATED, State.MAIL, State.RCPT, State.BDAT)));

    @TestFactory
    Stream<DynamicTest> everyVerbInEveryState() {
        return LINES.entrySet().stream()
                .flatMap(verb -> Stream.of(State.values())
                        .map(state -> DynamicTest.dynamicTest(verb.getKey() + " after " + state, () -> {
                            Session session = session();
                            state.said.forEach(line -> say(session, line));
                            assertEquals(
                                    ALLOWED.get(verb.getKey()).contains(state),
                                    carriedOut(say(session, verb.getValue())));
                        })));
    }

    @TestFactory
    Stream<DynamicTest> theLinesAreTheVerbs() {
        return LINES.entrySet().stream()
                .map(line -> DynamicTest.dynamicTest(
                        line.getValue(),
                        () -> assertEquals(
                                line.getKey(),
                                CommandParser.parse(line.getValue()).verb())));
    }

    private static Outcome say(Session session, String line) {
        Outcome outcome = session.on(new Line.Text(line));
        return outcome instanceof Outcome.Authenticate(Credentials credentials, InetAddress _)
                ? session.authenticated(new Authentication.Granted(credentials.login()))
                : outcome;
    }

    private static boolean carriedOut(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Say(var reply) -> reply.code() < 400;
            case Outcome.StartTls _, Outcome.ReceiveContent _, Outcome.ReceiveChunk _ -> true;
            case Outcome.Close _, Outcome.LookUp _, Outcome.Authenticate _, Outcome.Submit _, Outcome.Discard _ ->
                false;
        };
    }

    private static Session session() {
        var settings = new SessionSettings(
                "mail.example.test",
                ReplyStyle.EXCHANGE,
                true,
                true,
                FakeAccounts.MECHANISMS,
                1000,
                10,
                3,
                20,
                100,
                Duration.ZERO,
                InstantSource.system(),
                TestQuota.unlimited());
        return new Session(settings, InetAddress.getLoopbackAddress(), Optional.empty());
    }
}
