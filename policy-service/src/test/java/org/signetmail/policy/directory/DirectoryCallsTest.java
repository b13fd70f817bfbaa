package org.signetmail.policy.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.operation.PolicyMetrics.DirectoryCall;
import org.signetmail.policy.originator.Lookup;
import org.signetmail.policy.originator.Lookup.Absent;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Lookup.Unavailable;

/** Only a clear answer about the account is an answer; everything else is unavailable. */
class DirectoryCallsTest {
    private static final String ALICE = """
            {"account":"alice","enabled":true,"version":42,"mode":"enforce","primaryAddress":"alice@example.test",
             "addresses":[{"address":"alice@example.test","use":"own","source":"primary"}],
             "domains":[{"domain":"example.test","subaddressDelimiter":"+","caseSensitiveLocalPart":false,"new":1}]}
            """;

    private final Deque<Supplier<Response>> answers = new ArrayDeque<>();
    private final List<DirectoryCall> counted = new ArrayList<>();

    @Test
    void twoHundredIsFound() {
        answers.add(() -> ok(ALICE));
        Found found = assertInstanceOf(Found.class, ask());
        assertEquals(42, found.originators().version());
        assertEquals(List.of(DirectoryCall.FOUND), counted);
    }

    @Test
    void aProblemWithStatus404IsAbsent() {
        answers.add(() -> Response.status(404)
                .type(DirectoryClient.PROBLEM_JSON)
                .entity("{}")
                .build());
        assertInstanceOf(Absent.class, ask());
    }

    @Test
    void a404OfSomethingInBetweenSuspendsNobody() {
        answers.add(() ->
                Response.status(404).type("text/html").entity("no such path").build());
        assertUnavailable("directory-service answered 404", DirectoryCall.FAILED);
    }

    @Test
    void anErrorIsUnavailable() {
        answers.add(() -> Response.status(503).build());
        assertUnavailable("directory-service answered 503", DirectoryCall.FAILED);
    }

    @Test
    void aConnectionThatFailedIsTriedOnceMore() {
        answers.add(DirectoryCallsTest::connectionRefused);
        answers.add(() -> ok(ALICE));
        assertInstanceOf(Found.class, ask());
    }

    @Test
    void butNotTwice() {
        answers.add(DirectoryCallsTest::connectionRefused);
        answers.add(DirectoryCallsTest::connectionRefused);
        assertUnavailable("directory-service is unreachable", DirectoryCall.UNREACHABLE);
    }

    @Test
    void aTimeoutIsNotTriedAgain() {
        answers.add(() -> {
            throw new ProcessingException(new TimeoutException());
        });
        assertUnavailable("directory-service does not answer in time", DirectoryCall.TIMEOUT);
    }

    @Test
    void aWordThatIsNotKnownIsNoAnswer() {
        answers.add(() -> ok(ALICE.replace("enforce", "quarantine")));
        assertUnavailable("directory-service was not understood", DirectoryCall.FAILED);
    }

    @Test
    void noModeIsNoAnswer() {
        answers.add(() -> ok(ALICE.replace("mode", "mood")));
        assertUnavailable("directory-service was not understood", DirectoryCall.FAILED);
    }

    @Test
    void tooManyCallsAtOnceWaitNoLongerThanTheTimeout() {
        var none = new DirectoryCalls((_, _) -> ok(ALICE), "token", Duration.ofMillis(1), 0, counted::add);
        assertEquals(new Unavailable("directory-service is busy"), none.originators("alice"));
        assertEquals(List.of(DirectoryCall.BUSY), counted);
    }

    private void assertUnavailable(String why, DirectoryCall result) {
        assertEquals(new Unavailable(why), ask());
        assertEquals(List.of(result), counted);
    }

    private Lookup ask() {
        var calls = new DirectoryCalls(
                (login, authorization) -> {
                    assertEquals("alice", login);
                    assertEquals("Bearer token", authorization);
                    return answers.remove().get();
                },
                "token",
                Duration.ofSeconds(1),
                4,
                counted::add);
        return calls.originators("alice");
    }

    private static Response ok(String json) {
        return Response.ok(json.getBytes(UTF_8)).build();
    }

    private static Response connectionRefused() {
        throw new ProcessingException(new ConnectException("Connection refused"));
    }
}
