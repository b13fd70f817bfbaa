package org.signetmail.notifier.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.signetmail.notifier.config.NotifierConfig;

/**
 * Keys that a target's messages are signed with: one, or while it changes the new and the old one. A file is read for each
 * round, so that a changed one counts at once.
 */
final class Secrets {
    private static final String PREFIX = "whsec_";
    /** Standard Webhooks: 24 to 64 bytes. */
    private static final int SHORTEST = 24;

    private static final int LONGEST = 64;

    /** The file has no keys that one could sign with. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String what, Throwable cause) {
            super(what, cause);
        }
    }

    /** Where the secrets stand, one each. */
    @FunctionalInterface
    private interface Source {
        List<String> read() throws IOException;
    }

    private final String name;
    private final Source source;

    private Secrets(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    /** @throws IllegalArgumentException when there are none, or unusable ones */
    static Secrets of(String key, NotifierConfig.Target config) {
        if (config.secrets().isPresent() == config.secretsFile().isPresent()) {
            throw new IllegalArgumentException(key + ": one of secrets and secrets-file is required");
        }
        Secrets secrets = config.secretsFile()
                .map(file -> new Secrets(file.toString(), () -> lines(file)))
                .orElseGet(() -> new Secrets(key + ".secrets", config.secrets()::orElseThrow));
        try {
            secrets.keys();
        } catch (Unusable e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return secrets;
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    }

    /** The keys as they are now, at least one. */
    List<byte[]> keys() throws Unusable {
        try {
            List<byte[]> keys = source.read().stream().map(Secrets::key).toList();
            if (keys.isEmpty()) {
                throw new Unusable(name + ": no secret", null);
            }
            return keys;
        } catch (IOException | IllegalArgumentException e) {
            throw new Unusable(name + ": a secret is whsec_ and 24 to 64 octets in base64; " + what(e), e);
        }
    }

    /** What is wrong, without a word of what the secret is. */
    private static String what(Exception e) {
        return e instanceof IOException ? "the file cannot be read" : "one is not";
    }

    private static byte[] key(String secret) {
        String stripped = secret.strip();
        byte[] key = Base64.getDecoder().decode(stripped.substring(stripped.startsWith(PREFIX) ? PREFIX.length() : 0));
        if (!stripped.startsWith(PREFIX) || key.length < SHORTEST || key.length > LONGEST) {
            throw new IllegalArgumentException("not of this form");
        }
        return key;
    }
}
