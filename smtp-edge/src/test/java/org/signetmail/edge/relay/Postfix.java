package org.signetmail.edge.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.signetmail.local.process.Ports;

/**
 * A real Postfix of Debian with a configuration of its own, on loopback ports. It has a few mailboxes at example.test, knows
 * nobody else there, and greylists who is named to it.
 */
final class Postfix implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/postfix");

    private static final List<String> MAILBOXES =
            List.of("at-once", "grey", "cut", "twice", "down", "old", "j\u00FCrgen");

    final int port = Ports.free();
    /** The same without 8BITMIME and SMTPUTF8. */
    final int oldPort = Ports.free();

    private final Path directory;
    private final ServerSocket policy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<String> greylisted = ConcurrentHashMap.newKeySet();

    private Postfix(Path directory) throws IOException {
        this.directory = directory;
    }

    /** Skips the test where Postfix may not be started, or is not installed and the build does not want it. */
    static Postfix start(Path directory) throws IOException, InterruptedException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root may start Postfix");
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM) || "1".equals(System.getenv("SIGNET_REQUIRE_CLIENTS")),
                "Postfix is not installed");
        var postfix = new Postfix(directory);
        postfix.configure();
        Thread.ofVirtual().start(postfix::answerPolicyRequests);
        postfix.start();
        return postfix;
    }

    private void configure() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        UserPrincipalLookupService users = directory.getFileSystem().getUserPrincipalLookupService();
        for (String part : List.of("etc", "spool", "data", "mail")) {
            Files.createDirectory(directory.resolve(part));
        }
        Files.setOwner(directory.resolve("data"), users.lookupPrincipalByName("postfix"));
        Files.setOwner(directory.resolve("mail"), users.lookupPrincipalByName("nobody"));
        Object nobody = Files.getAttribute(directory.resolve("mail"), "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Files.writeString(
                directory.resolve("etc/mailboxes"),
                MAILBOXES.stream()
                        .map(name -> name + "@example.test " + name.replace("\u00FC", "ue") + "/\n")
                        .collect(Collectors.joining()));
        Files.writeString(directory.resolve("etc/main.cf"), """
                compatibility_level = 3.6
                queue_directory = %1$s/spool
                data_directory = %1$s/data
                command_directory = /usr/sbin
                daemon_directory = /usr/lib/postfix/sbin
                maillog_file = %1$s/maillog
                maillog_file_prefixes = %1$s
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                myhostname = postfix.test
                mydestination =
                mynetworks = 127.0.0.0/8
                alias_maps =
                virtual_mailbox_domains = example.test
                virtual_mailbox_base = %1$s/mail
                virtual_mailbox_maps = texthash:%1$s/etc/mailboxes
                virtual_uid_maps = static:%2$s
                virtual_gid_maps = static:%2$s
                virtual_minimum_uid = 1
                smtpd_peername_lookup = no
                smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:%3$d, permit_mynetworks, reject
                """.formatted(directory, nobody, policy.getLocalPort()));
        Files.writeString(directory.resolve("etc/master.cf"), """
                127.0.0.1:%d inet n - n - - smtpd
                127.0.0.1:%d inet n - n - - smtpd -o smtpd_discard_ehlo_keywords=smtputf8,8bitmime,silent-discard
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                proxymap unix - - n - - proxymap
                error unix - - n - - error
                retry unix - - n - - error
                virtual unix - n n - - virtual
                anvil unix - - n - 1 anvil
                postlog unix-dgram n - n - 1 postlogd
                """.formatted(port, oldPort));
    }

    void start() throws IOException, InterruptedException {
        command("start");
    }

    void stop() throws IOException, InterruptedException {
        command("stop");
    }

    private void command(String command) throws IOException, InterruptedException {
        int end = new ProcessBuilder(
                        PROGRAM.toString(), "-c", directory.resolve("etc").toString(), command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start()
                .waitFor();
        if (end != 0) {
            throw new AssertionError("postfix " + command + ": " + Files.readString(directory.resolve("output")));
        }
    }

    /** The recipient is deferred the first time (RFC 6647). */
    void greylist(String recipient) {
        greylisted.add(recipient);
    }

    /** SMTPD_POLICY_README: attributes as lines, an empty one, and one action for each. */
    private void answerPolicyRequests() {
        try {
            while (true) {
                Socket client = policy.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (IOException e) {
            assert policy.isClosed() : e;
        }
    }

    private void answer(Socket client) {
        try (client;
                var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1))) {
            String recipient = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("recipient=")) {
                    recipient = line.substring("recipient=".length());
                } else if (line.isEmpty()) {
                    String action = greylisted.remove(recipient) ? "DEFER 4.7.1 Greylisted, come back" : "DUNNO";
                    client.getOutputStream().write(("action=" + action + "\n\n").getBytes(ISO_8859_1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in somebody's mailbox; its name is in ASCII. */
    List<String> mailbox(String name) {
        Path mails = directory.resolve("mail").resolve(name).resolve("new");
        if (!Files.isDirectory(mails)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(mails)) {
            return files.map(Postfix::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path mail) {
        try {
            return Files.readString(mail, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        policy.close();
    }
}
