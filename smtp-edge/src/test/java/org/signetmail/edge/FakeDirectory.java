package org.signetmail.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.signetmail.edge.auth.FakeAccounts;
import org.signetmail.edge.auth.ScramVerifier;
import org.signetmail.edge.event.EventJson;

/**
 * A directory-service by hand: the password of NAME is NAME-password, and NAME-phone an application password with the id
 * {@code phone}. Nobody's name begins with "nobody". Tests may have it answer otherwise.
 */
public final class FakeDirectory implements AutoCloseable {
    public static final String TOKEN = "token-of-the-edge";

    private static final Pattern ACCOUNT = Pattern.compile("/api/v1/accounts/([^/]+)/(scram-verifier|submitter)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** How a test wants a question answered; the body has been read. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(HttpExchange exchange, String body) throws IOException;
    }

    public FakeDirectory(Behaviour behaviour) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/v1/", exchange -> {
            try (exchange) {
                behaviour.answer(
                        exchange, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
        });
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** As directory-service does it, with a right token only. */
    public static void honest(HttpExchange exchange, String body) throws IOException {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "");
            return;
        }
        Matcher path = ACCOUNT.matcher(exchange.getRequestURI().getPath());
        if (path.matches()) {
            answer(exchange, path.group(1), path.group(2));
            return;
        }
        var question = EventJson.MAPPER.readTree(body);
        String login = question.get("login").asText();
        String account = "{\"authenticated\":true,\"account\":\"" + login + "\"";
        String password = question.get("password").asText();
        if (password.equals(login + "-password")) {
            answer(exchange, 200, account + "}");
        } else if (password.equals(login + "-phone")) {
            answer(exchange, 200, account + ",\"credential\":\"phone\"}");
        } else {
            answer(exchange, 200, "{\"authenticated\":false}");
        }
    }

    private static void answer(HttpExchange exchange, String login, String question) throws IOException {
        boolean known = !login.startsWith("nobody");
        if (question.equals("submitter")) {
            answer(exchange, known ? 200 : 404, known ? "{\"account\":\"" + login + "\"}" : "{}");
        } else {
            Optional<String> owner = known ? Optional.of(login) : Optional.empty();
            ScramVerifier verifier = FakeAccounts.verifier(login + "-password", owner);
            answer(exchange, 200, EventJson.MAPPER.writeValueAsString(verifier));
        }
    }

    public static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
