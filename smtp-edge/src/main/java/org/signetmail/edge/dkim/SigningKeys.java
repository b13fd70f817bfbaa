package org.signetmail.edge.dkim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The keys of a directory, such as a mounted secret of Kubernetes: every one of a domain signs. The directory is looked at
 * again now and then, so that keys come and go without a restart; one that cannot be read keeps its place meanwhile.
 */
public final class SigningKeys {
    private static final Logger LOG = Logger.getLogger(SigningKeys.class);

    private final Path directory;
    private final Duration reloadEvery;
    private Map<String, SigningKey> byFile;
    private volatile Map<String, List<SigningKey>> byDomain = Map.of();
    private long looked = System.nanoTime();

    private SigningKeys(Path directory, Duration reloadEvery, Map<String, SigningKey> byFile) {
        this.directory = directory;
        this.reloadEvery = reloadEvery;
        this.byFile = byFile;
        publish(byFile);
    }

    /** @throws IllegalArgumentException naming the file that is no key: a mistake shows at the start, not in unsigned mail */
    public static SigningKeys of(Path directory, Duration reloadEvery) {
        var keys = new HashMap<String, SigningKey>();
        try {
            for (Path file : files(directory)) {
                keys.put(file.getFileName().toString(), SigningKey.read(file));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("signet.relay.dkim.keys, " + directory + ": " + e, e);
        }
        return new SigningKeys(directory, reloadEvery, keys);
    }

    /** Hidden files are how Kubernetes exchanges a secret as a whole. */
    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    List<SigningKey> of(String domain) {
        lookAgain();
        return byDomain.getOrDefault(domain, List.of());
    }

    public int number() {
        return byDomain.values().stream().mapToInt(List::size).sum();
    }

    private synchronized void lookAgain() {
        long now = System.nanoTime();
        if (now - looked < reloadEvery.toNanos()) {
            return;
        }
        looked = now;
        var keys = new HashMap<String, SigningKey>();
        try {
            for (Path file : files(directory)) {
                String name = file.getFileName().toString();
                SigningKey key = readAgain(file, byFile.get(name));
                if (key != null) {
                    keys.put(name, key);
                }
            }
        } catch (IOException e) {
            LOG.errorf("The keys in %s stay as they were: %s", directory, e);
            return;
        }
        if (!keys.equals(byFile)) {
            publish(keys);
        }
        byFile = keys;
    }

    private static SigningKey readAgain(Path file, SigningKey before) {
        try {
            return SigningKey.read(file);
        } catch (IOException | GeneralSecurityException e) {
            LOG.errorf("%s is no key to sign with: %s", file, e);
            return before;
        }
    }

    private void publish(Map<String, SigningKey> keys) {
        byDomain = keys.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .collect(Collectors.groupingBy(SigningKey::domain));
        LOG.infof("Mail is signed by %s", keys.values());
    }
}
