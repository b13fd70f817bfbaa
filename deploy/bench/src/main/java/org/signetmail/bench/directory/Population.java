package org.signetmail.bench.directory;

import java.io.IOException;
import org.signetmail.bench.scenario.Senders;

/** Numbered accounts with three addresses each, in a hundred domains. */
public final class Population {
    private static final int DOMAINS = 100;

    private Population() {}

    /** Imports accounts into an empty directory, with a password for those that sign in. */
    public static void write(String url, String token, int accounts, Senders senders)
            throws IOException, InterruptedException {
        try (var client = new DirectoryClient(url, token)) {
            domains(client);
            client.importAccounts(() -> new AccountLines(0, accounts, senders));
        }
    }

    static void domains(DirectoryClient client) throws IOException, InterruptedException {
        for (int i = 0; i < DOMAINS; i++) {
            client.put("/api/v1/domains/" + Senders.domain(i), "{\"subaddressDelimiter\":\"+\"}");
        }
    }
}
