package org.signetmail.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.signetmail.edge.event.EventJson;

/**
 * A directory-service by hand: the password of NAME is NAME-password, and NAME-phone an application password with the id
 * {@code phone}; tests may have it answer otherwise.
 */
public final class FakeDirectory implements AutoCloseable {
    public static final String TOKEN = "token-of-the-edge";

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
        server.createContext("/api/v1/authentications", exchange -> {
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
        if (!exchange.getRequestMethod().equals("POST")
                || !("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "");
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
