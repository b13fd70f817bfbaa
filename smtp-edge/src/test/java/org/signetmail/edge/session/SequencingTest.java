package org.signetmail.edge.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
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
        RCPT(List.of("EHLO c.example", PLAIN, "MAIL FROM:<a@b.example>", "RCPT TO:<a@b.example>"));

        private final List<String> said;

        State(List<String> said) {
            this.said = said;
        }
    }

    private static final Map<Verb, String> LINES = Map.of(
            Verb.EHLO, "EHLO c.example",
            Verb.HELO, "HELO c.example",
            Verb.STARTTLS, "STARTTLS",
            Verb.AUTH, PLAIN,
            Verb.MAIL, "MAIL FROM:<a@b.example>",
            Verb.RCPT, "RCPT TO:<a@b.example>",
            Verb.DATA, "DATA",
            Verb.RSET, "RSET",
            Verb.NOOP, "NOOP",
            Verb.VRFY, "VRFY a");

    private static final Map<Verb, Set<State>> ALLOWED = Map.of(
            Verb.EHLO, EnumSet.allOf(State.class),
            Verb.HELO, EnumSet.allOf(State.class),
            Verb.STARTTLS, EnumSet.of(State.EHLO, State.AUTHENTICATED, State.MAIL, State.RCPT),
            Verb.AUTH, EnumSet.of(State.EHLO),
            Verb.MAIL, EnumSet.of(State.AUTHENTICATED),
            Verb.RCPT, EnumSet.of(State.MAIL, State.RCPT),
            Verb.DATA, EnumSet.of(State.RCPT),
            Verb.RSET, EnumSet.allOf(State.class),
            Verb.NOOP, EnumSet.allOf(State.class),
            Verb.VRFY, EnumSet.of(State.AUTHENTICATED, State.MAIL, State.RCPT));

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
            case Outcome.StartTls _, Outcome.ReceiveContent _ -> true;
            case Outcome.Close _, Outcome.Authenticate _, Outcome.Submit _ -> false;
        };
    }

    private static Session session() {
        var settings = new SessionSettings("mail.example.test", ReplyStyle.EXCHANGE, true, true, 1000, 10, 3, 20);
        return new Session(settings, InetAddress.getLoopbackAddress(), Optional.empty());
    }
}
