package org.signetmail.policy.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** directory-service as the tests want it: it answers, holds back its answers, or is not there. */
public final class FakeDirectory implements AutoCloseable {
    public static final String TOKEN = "token-of-policy-service";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, String> suspended = new ConcurrentHashMap<>();
    private final Set<String> unsuspendable = ConcurrentHashMap.newKeySet();
    private final int port;
    private HttpServer server;
    private CountDownLatch release = new CountDownLatch(1);

    FakeDirectory(int port) {
        this.port = port;
        up();
    }

    /** From now on the account has these own addresses, the first of them primary. */
    public void account(String login, String... addresses) {
        accountInMode(login, "enforce", addresses);
    }

    public void accountInMode(String login, String mode, String... addresses) {
        var entries = new StringBuilder();
        for (String address : addresses) {
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("{\"address\":\"%s\",\"use\":\"own\",\"source\":\"%s\"}"
                            .formatted(address, entries.isEmpty() ? "primary" : "secondary"));
        }
        answers.put(login, """
            {"account":"%s","enabled":true,"version":42,"mode":"%s","primaryAddress":"%s","addresses":[%s],
             "domains":[{"domain":"example.test","subaddressDelimiter":"+","caseSensitiveLocalPart":false}]}\
            """.formatted(login, mode, addresses[0], entries));
    }

    /** From now on this is what the directory answers about the account. */
    public void answer(String login, String json) {
        answers.put(login, json);
    }

    /** From now on questions about the account hang, until {@link #release()}. */
    public void hold(String login) {
        held.add(login);
    }

    public synchronized void release() {
        held.clear();
        release.countDown();
        release = new CountDownLatch(1);
    }

    /** The reason with which the account was suspended. */
    public Optional<String> suspended(String login) {
        return Optional.ofNullable(suspended.get(login));
    }

    public void release(String login) {
        suspended.remove(login);
    }

    /** From now on a suspension of the account fails, or not. */
    public void failSuspension(String login, boolean fails) {
        if (fails) {
            unsuspendable.add(login);
        } else {
            unsuspendable.remove(login);
        }
    }

    public int calls(String login) {
        return calls.getOrDefault(login, new AtomicInteger()).get();
    }

    /** Connections are refused. */
    public synchronized void down() {
        server.stop(0);
    }

    public synchronized void up() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/v1/accounts/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @Override
    public void close() {
        release();
        down();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String login = exchange.getRequestURI().getPath().split("/", -1)[4];
        calls.computeIfAbsent(login, any -> new AtomicInteger()).incrementAndGet();
        holdBack(login);
        boolean authorized =
                ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String answer = answers.get(login);
        if (!authorized) {
            send(exchange, 401, "application/problem+json", "{}");
        } else if (exchange.getRequestMethod().equals("PUT")) {
            suspend(exchange, login);
        } else if (answer == null) {
            send(exchange, 404, "application/problem+json", "{\"status\":404}");
        } else {
            String suspension = suspended(login)
                    .map("{\"suspended\":{\"since\":\"2026-01-15T10:00:00Z\",\"reason\":\"%s\"},"::formatted)
                    .orElse("{");
            send(exchange, 200, "application/json", suspension + answer.strip().substring(1));
        }
    }

    private void suspend(HttpExchange exchange, String login) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (unsuspendable.contains(login)) {
            send(exchange, 503, "application/problem+json", "{}");
            return;
        }
        suspended.put(login, body.replaceFirst("^\\{\"reason\":\"(.*)\"}$", "$1"));
        send(exchange, 200, "application/json", "{}");
    }

    private void holdBack(String login) {
        CountDownLatch latch;
        synchronized (this) {
            latch = release;
        }
        if (held.contains(login)) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
