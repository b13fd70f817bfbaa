package org.signetmail.local.command;

import org.signetmail.local.stack.Endpoints;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;

/** What one reads when the stack is up: where everything is, and what to do next. */
final class Summary {
    private Summary() {}

    static String of(LocalStack stack) {
        Endpoints ports = stack.endpoints();
        return """
                Submission    localhost:%d  STARTTLS (plaintext AUTH is allowed too: loopback only)
                              localhost:%d  TLS; certificate %s
                Mailboxes     localhost:%d  IMAP, plain; login is the address, with any password
                REST          %s  directory: accounts, grants, domains
                              %s  policy: explanations
                              %s  notifier: incidents, administrators, webhooks
                              %s  edge: mail that waits
                Metrics       %s/q/metrics  edge (directory %d, policy %d, notifier %d), health at /q/health
                Kafka         %s
                PostgreSQL    localhost:%d  databases directory and notifier, user postgres, no password

                Accounts      alice  alice-password  alice@example.test, alice.smith@example.test
                              bob    bob-password    bob@example.test, and as support@example.test
                              carol  carol-password  carol@example.test, and on behalf of alice
                              admin  admin-password  postmaster@example.test, which reads the notifications
                Tokens        %s (for sh: NAME=value)
                Logs          %s

                Next          ./signet demo     an honest and a forged message, line by line
                              ./signet status   what is running
                              ./signet down     stops everything (so does Ctrl-C where it is attached)
                              ./signet reset    stops everything and deletes all data
                """.formatted(
                        ports.smtpPort(),
                        ports.smtpTlsPort(),
                        stack.certificate(),
                        ports.imapPort(),
                        ports.url(Part.DIRECTORY_SERVICE),
                        ports.url(Part.POLICY_SERVICE),
                        ports.url(Part.NOTIFIER),
                        ports.url(Part.SMTP_EDGE),
                        ports.managementUrl(Part.SMTP_EDGE),
                        ports.managementPort(Part.DIRECTORY_SERVICE),
                        ports.managementPort(Part.POLICY_SERVICE),
                        ports.managementPort(Part.NOTIFIER),
                        ports.bootstrapServers(),
                        ports.databasePort(),
                        stack.home().environment(),
                        stack.home().logs());
    }
}
