package org.signetmail.edge.oauth;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** An OpenID Connect issuer by hand: a discovery document, keys, and tokens signed with them. */
public final class FakeIssuer implements AutoCloseable {
    public static final String AUDIENCE = "signet";

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String KEYS = "/keys";

    final AtomicInteger keysRead = new AtomicInteger();
    volatile List<? extends JsonWebKey> keys;
    volatile int status = 200;
    volatile String claimedIssuer;
    private final HttpServer server;

    public FakeIssuer(JsonWebKey... keys) {
        this(0, keys);
    }

    FakeIssuer(int port, JsonWebKey... keys) {
        this.keys = List.of(keys);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        claimedIssuer = url();
        answer(DISCOVERY, () -> "{\"issuer\":\"" + claimedIssuer + "\",\"jwks_uri\":\"" + url() + KEYS + "\"}");
        answer(KEYS, () -> {
            keysRead.incrementAndGet();
            return new JsonWebKeySet(this.keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        });
        server.start();
    }

    private interface Body {
        String json();
    }

    private void answer(String path, Body body) {
        server.createContext(path, exchange -> {
            try (exchange) {
                byte[] json = body.json().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(status, json.length);
                exchange.getResponseBody().write(json);
            }
        });
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What a token of this issuer says: it is alice's, for the audience, and valid now. */
    public JwtClaims claims() {
        var claims = new JwtClaims();
        claims.setIssuer(url());
        claims.setAudience(AUDIENCE);
        claims.setSubject("1234");
        claims.setStringClaim("preferred_username", "alice");
        claims.setStringClaim("email", "Alice@example.test");
        NumericDate expiry = NumericDate.now();
        expiry.addSeconds(300);
        claims.setExpirationTime(expiry);
        return claims;
    }

    public static String signed(JwtClaims claims, JsonWebKey key) throws JoseException {
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(key.getAlgorithm());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(((org.jose4j.jwk.PublicJsonWebKey) key).getPrivateKey());
        return signature.getCompactSerialization();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
