package org.signetmail.edge.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.FakeDirectory;
import org.signetmail.edge.FakeDirectory.Behaviour;
import org.signetmail.edge.Parts;
import org.signetmail.edge.event.EventJson;
import org.signetmail.local.process.Ports;

/** Every answer of directory-service, and every way to have none, becomes one of three. */
@QuarkusTest
@QuarkusTestResource(value = Parts.class, restrictToAnnotatedClass = true)
class DirectoryAuthenticatorTest {
    private static final Authentication UNAVAILABLE = new Authentication.Unavailable();
    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final Duration SHORT = Duration.ofMillis(400);

    private Duration timeout = Duration.ofSeconds(10);
    private AccessTokens tokens = _ -> new AccessTokens.Check.Invalid();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void theRightPasswordIsGranted() {
        assertEquals(new Authentication.Granted("alice"), ask(FakeDirectory::honest, "alice-password"));
        assertEquals(1, count("granted"));
    }

    @Test
    void theAccountMayHaveAnotherNameThanTheLogin() {
        assertEquals(
                new Authentication.Granted("alice"),
                answered(200, "{\"authenticated\":true,\"account\":\"alice\",\"quota\":1}"));
    }

    @Test
    void theDirectoryNamesTheCredentialAndTheLimits() {
        OptionalLong absent = OptionalLong.empty();
        var limits = new AccountLimits(OptionalLong.of(30), absent, absent, OptionalLong.of(0), absent, absent);
        assertEquals(new Authentication.Granted("alice", Optional.of("phone"), limits), answered(200, """
            {"authenticated":true,"account":"alice","credential":"phone",
             "limits":{"messagesPerHour":30,"recipientsPerDay":0,"logins":5}}\
            """));
        assertEquals(
                UNAVAILABLE,
                answered(200, "{\"authenticated\":true,\"account\":\"alice\",\"limits\":{\"messagesPerHour\":-1}}"));
    }

    @Test
    void theClientIsNamedInTheQuestion() {
        ask(
                (exchange, body) -> {
                    assertEquals(
                            "192.0.2.1",
                            EventJson.MAPPER.readTree(body).get("client").asText());
                    FakeDirectory.answer(exchange, 200, "{\"authenticated\":false}");
                },
                "alice-password");
        assertEquals(1, count("denied"));
    }

    @Test
    void aWrongPasswordIsDenied() {
        assertEquals(new Authentication.Denied(), ask(FakeDirectory::honest, "wrong"));
        assertEquals(1, count("denied"));
    }

    @Test
    void anErrorIsNoAnswer() {
        assertEquals(UNAVAILABLE, answered(500, "{\"title\":\"broken\"}"));
        assertEquals(UNAVAILABLE, answered(503, ""));
        assertEquals(2, count("unavailable"));
    }

    @Test
    void aTokenThatIsNotAcceptedIsNoDenial() {
        try (var directory = new FakeDirectory(FakeDirectory::honest)) {
            assertEquals(UNAVAILABLE, ask(directory.uri(), "another token", "alice-password"));
        }
    }

    @Test
    void whatSaysNothingIsNoAnswer() {
        assertEquals(UNAVAILABLE, answered(204, ""));
        assertEquals(UNAVAILABLE, answered(200, "{}"));
        assertEquals(UNAVAILABLE, answered(200, "null"));
        assertEquals(UNAVAILABLE, answered(200, "<html>login</html>"));
        assertEquals(UNAVAILABLE, answered(200, "{\"authenticated\":true}"));
        assertEquals(UNAVAILABLE, answered(302, ""));
    }

    @Test
    void aVerifierIsAlwaysThereButItsAccountIsNot() {
        try (var directory = new FakeDirectory(FakeDirectory::honest)) {
            DirectoryAuthenticator authenticator = authenticator(directory.uri(), FakeDirectory.TOKEN);
            assertEquals(
                    Optional.of("alice"),
                    authenticator.of("alice", CLIENT).orElseThrow().account());
            assertEquals(
                    Optional.empty(),
                    authenticator.of("nobody", CLIENT).orElseThrow().account());
        }
    }

    /** Dots would leave the path, and what else is no login is none of the path either. */
    @Test
    void whatIsNoLoginIsAskedForUnderANameThatNobodyHas() {
        var paths = new ArrayBlockingQueue<String>(10);
        Behaviour noting = (exchange, body) -> {
            paths.add(exchange.getRequestURI().getPath());
            FakeDirectory.honest(exchange, body);
        };
        try (var directory = new FakeDirectory(noting)) {
            DirectoryAuthenticator authenticator = authenticator(directory.uri(), FakeDirectory.TOKEN);
            for (String login :
                    List.of("..", "a/b", "j\u00fcrgen", "a?b", "..+k7qm2fxh", "a+b+c", "alice+", "alice+..")) {
                assertTrue(authenticator.of(login, CLIENT).isPresent());
                assertTrue(paths.remove().matches("/api/v1/accounts/[0-9a-f]{64}/scram-verifier"), login);
                assertEquals(
                        new Authentication.Denied(),
                        authenticator.authenticate(new Credentials.Certificate(login), CLIENT));
            }
            assertTrue(paths.isEmpty(), paths::toString);
        }
    }

    @Test
    void anApplicationPasswordIsAskedForByNameAndPlaceAndItsUseIsTold() throws InterruptedException {
        var requests = new ArrayBlockingQueue<String>(10);
        Behaviour noting = (exchange, body) -> {
            requests.add(exchange.getRequestURI() + " " + body);
            FakeDirectory.answer(exchange, 204, "");
        };
        try (var directory = new FakeDirectory(noting)) {
            DirectoryAuthenticator authenticator = authenticator(directory.uri(), FakeDirectory.TOKEN);
            authenticator.of("alice+k7qm2fxh", CLIENT);
            assertEquals(
                    "/api/v1/accounts/alice+k7qm2fxh/scram-verifier?client=192.0.2.1 ",
                    requests.remove().replace("%2B", "+"));
            var granted = new Authentication.Granted("alice", Optional.of("k7qm2fxh"), AccountLimits.NONE);
            assertEquals(
                    granted,
                    authenticator.authenticate(new Credentials.Scram("alice+k7qm2fxh", Optional.of(granted)), CLIENT));
            assertEquals(
                    "/api/v1/accounts/alice/credentials/k7qm2fxh/uses {\"client\":\"192.0.2.1\"}",
                    requests.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aUseThatCannotBeToldKeepsNobodyOut() {
        var granted = new Authentication.Granted("alice", Optional.of("k7qm2fxh"), AccountLimits.NONE);
        DirectoryAuthenticator authenticator =
                authenticator(URI.create("http://127.0.0.1:" + Ports.free()), FakeDirectory.TOKEN);
        assertEquals(
                granted,
                authenticator.authenticate(new Credentials.Scram("alice+k7qm2fxh", Optional.of(granted)), CLIENT));
    }

    @Test
    void noVerifierWithoutAnAnswerOfThatKind() {
        for (String body : List.of("", "{}", "{\"salt\":\"AA==\",\"iterations\":4096,\"storedKey\":\"AA==\"}")) {
            try (var directory = new FakeDirectory((exchange, _) -> FakeDirectory.answer(exchange, 200, body))) {
                assertEquals(
                        Optional.empty(),
                        authenticator(directory.uri(), FakeDirectory.TOKEN).of("alice", CLIENT));
            }
        }
        try (var directory = new FakeDirectory((exchange, _) -> FakeDirectory.answer(exchange, 404, ""))) {
            assertEquals(
                    Optional.empty(),
                    authenticator(directory.uri(), FakeDirectory.TOKEN).of("alice", CLIENT));
        }
        assertEquals(4, count("unavailable"));
    }

    @Test
    void whoIsProvenElsewhereMustHaveAnEnabledAccount() {
        assertEquals(new Authentication.Granted("alice"), submitter(FakeDirectory::honest, "alice"));
        assertEquals(new Authentication.Denied(), submitter(FakeDirectory::honest, "nobody"));
        assertEquals(UNAVAILABLE, submitter((exchange, _) -> FakeDirectory.answer(exchange, 503, ""), "alice"));
        assertEquals(UNAVAILABLE, submitter((exchange, _) -> FakeDirectory.answer(exchange, 200, "{}"), "alice"));
        assertEquals(UNAVAILABLE, submitter((exchange, _) -> FakeDirectory.answer(exchange, 204, ""), "alice"));
        assertEquals(1, count("granted"));
        assertEquals(1, count("denied"));
        assertEquals(3, count("unavailable"));
    }

    @Test
    void aTokenOfAnAccountSignsInWhateverOfItsNamesTheClientUses() {
        assertEquals(new Authentication.Denied(), token("alice"));
        tokens = _ -> new AccessTokens.Check.Unavailable();
        assertEquals(UNAVAILABLE, token("alice"));
        tokens = _ -> new AccessTokens.Check.Valid("alice", Set.of("alice", "alice@example.test"));
        for (String login : List.of("alice", "", "Alice@example.test")) {
            assertEquals(new Authentication.Granted("alice"), token(login));
        }
        assertEquals(new Authentication.Denied(), token("bob"));
        tokens = _ -> new AccessTokens.Check.Valid("nobody", Set.of("nobody"));
        assertEquals(new Authentication.Denied(), token("nobody"));
    }

    private Authentication token(String login) {
        try (var directory = new FakeDirectory(FakeDirectory::honest)) {
            return authenticator(directory.uri(), FakeDirectory.TOKEN)
                    .authenticate(new Credentials.Token(login, "token"), CLIENT);
        }
    }

    private Authentication submitter(Behaviour behaviour, String login) {
        try (var directory = new FakeDirectory(behaviour)) {
            return authenticator(directory.uri(), FakeDirectory.TOKEN)
                    .authenticate(new Credentials.Certificate(login), CLIENT);
        }
    }

    @Test
    void aSlowAnswerIsGivenUpInTime() {
        timeout = SHORT;
        var never = new CountDownLatch(1);
        long begin = System.nanoTime();
        assertEquals(UNAVAILABLE, ask((_, _) -> await(never), "alice-password"));
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis >= SHORT.toMillis() && millis < 3000, millis + " ms");
        never.countDown();
    }

    @Test
    void nobodyThere() {
        assertEquals(
                UNAVAILABLE,
                ask(URI.create("http://127.0.0.1:" + Ports.free()), FakeDirectory.TOKEN, "alice-password"));
    }

    private Authentication answered(int status, String body) {
        return ask((exchange, _) -> FakeDirectory.answer(exchange, status, body), "alice-password");
    }

    private Authentication ask(Behaviour behaviour, String password) {
        try (var directory = new FakeDirectory(behaviour)) {
            return ask(directory.uri(), FakeDirectory.TOKEN, password);
        }
    }

    private Authentication ask(URI directory, String token, String password) {
        return authenticator(directory, token).authenticate(new Credentials.Password("alice", password), CLIENT);
    }

    private DirectoryAuthenticator authenticator(URI directory, String token) {
        DirectoryClient client = DirectoryConnection.open(directory, timeout, Optional.empty());
        return new DirectoryAuthenticator(
                () -> client, token, Optional.of(tokens), new EdgeMetrics(meters), new DependencyMetrics(meters));
    }

    private double count(String result) {
        return meters.get("signet.edge.authentications")
                .tag("result", result)
                .counter()
                .count();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
