package org.signetmail.policy.stack;

import io.smallrye.jwt.build.Jwt;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Set;

/** Bearer tokens that the service under test accepts. */
public record Tokens(PrivateKey key) {
    public String withRole(String role) {
        return Jwt.claims()
                .upn("somebody")
                .groups(Set.of(role))
                .expiresIn(Duration.ofHours(1))
                .sign(key);
    }
}
