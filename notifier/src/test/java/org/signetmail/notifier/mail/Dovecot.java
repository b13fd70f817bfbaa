package org.signetmail.notifier.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.signetmail.local.process.Ports;

/** Debian's Dovecot in a directory of its own: takes mail by LMTP for anybody and serves it by IMAP, on free loopback ports. */
final class Dovecot implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");
    private static final List<Path> SERVERS =
            List.of(Path.of("/usr/lib/dovecot/lmtp"), Path.of("/usr/lib/dovecot/imap"));
    private static final String ME = System.getProperty("user.name");
    private static final int LIMIT = 20_000;

    /** Who runs it. */
    enum As {
        /** As its package would: root, with users of its own for its parts. */
        ROOT,
        /** Somebody without privileges, for all of it. */
        ORDINARY_USER
    }

    private record Owner(String user, String group) {}

    /** A mailbox's only message: its octets, and what the server took its structure for. */
    record Served(byte[] octets, String type) {}

    private final Path log;
    private final int lmtp = Ports.free();
    private final int imap = Ports.free();
    private Process process;

    private Dovecot(Path directory) {
        this.log = directory.resolve("dovecot.log");
    }

    /** Skips the test where Dovecot is not installed, unless the build wants it, or where it cannot run so. */
    static Dovecot start(Path directory, As as) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Stream.concat(Stream.of(PROGRAM), SERVERS.stream()).allMatch(Files::isExecutable)
                        || "1".equals(System.getenv("SIGNET_REQUIRE_CLIENTS")),
                "dovecot-core, dovecot-lmtpd and dovecot-imapd are not installed");
        boolean root = ME.equals("root");
        Assumptions.assumeTrue(root || as == As.ORDINARY_USER, "Only root runs it as root");
        PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        Owner owner = root
                ? new Owner("nobody", "nogroup")
                : new Owner(ME, view.readAttributes().group().getName());
        if (root) {
            var principals = directory.getFileSystem().getUserPrincipalLookupService();
            view.setOwner(principals.lookupPrincipalByName(owner.user()));
            view.setGroup(principals.lookupPrincipalByGroupName(owner.group()));
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        var dovecot = new Dovecot(directory);
        Path configuration = directory.resolve("dovecot.conf");
        Files.writeString(configuration, dovecot.configuration(directory, as, owner));
        List<String> command = List.of(PROGRAM.toString(), "-F", "-c", configuration.toString());
        List<String> lowered = List.of("setpriv", "--reuid", owner.user(), "--regid", owner.group(), "--clear-groups");
        dovecot.run(
                root && as == As.ORDINARY_USER
                        ? Stream.concat(lowered.stream(), command.stream()).toList()
                        : command);
        return dovecot;
    }

    private String configuration(Path directory, As as, Owner owner) {
        Owner internal = as == As.ROOT ? new Owner("dovecot", "dovecot") : owner;
        String login = as == As.ROOT ? "dovenull" : owner.user();
        return """
                base_dir = %1$s/run
                state_dir = %1$s/state
                log_path = %2$s
                protocols = imap lmtp
                ssl = no
                disable_plaintext_auth = no
                default_internal_user = %3$s
                default_internal_group = %4$s
                default_login_user = %5$s
                first_valid_uid = 1
                mail_uid = %6$s
                mail_gid = %7$s
                mail_location = maildir:%1$s/%%u
                passdb {
                  driver = static
                  args = nopassword=y
                }
                userdb {
                  driver = static
                  args = uid=%6$s gid=%7$s home=%1$s/%%u allow_all_users=yes
                }
                service anvil {
                  chroot =
                }
                service imap-login {
                  chroot =
                  inet_listener imap {
                    address = 127.0.0.1
                    port = %8$d
                  }
                  inet_listener imaps {
                    port = 0
                  }
                }
                service lmtp {
                  inet_listener lmtp {
                    address = 127.0.0.1
                    port = %9$d
                  }
                }
                """.formatted(
                directory, log, internal.user(), internal.group(), login, owner.user(), owner.group(), imap, lmtp);
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path output = log.resolveSibling("output.log");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        while (!Ports.isTaken(lmtp) || !Ports.isTaken(imap)) {
            if (!process.isAlive()) {
                throw new AssertionError(Files.readString(output) + (Files.exists(log) ? Files.readString(log) : ""));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** RFC 2033: hands a mail over, with the null sender. */
    void take(String mailbox, byte[] mail) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), lmtp)) {
            socket.setSoTimeout(LIMIT);
            var replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            expect(replies, "220");
            command(out, replies, "LHLO localhost", "250");
            command(out, replies, "MAIL FROM:<> BODY=8BITMIME", "250");
            command(out, replies, "RCPT TO:<" + mailbox + ">", "250");
            command(out, replies, "DATA", "354");
            String lines = new String(mail, ISO_8859_1);
            out.write(lines.replaceAll("(?m)^\\.", "..").getBytes(ISO_8859_1));
            command(out, replies, ".", "250");
        }
    }

    private static void command(OutputStream out, BufferedReader replies, String line, String code) throws IOException {
        out.write((line + "\r\n").getBytes(ISO_8859_1));
        out.flush();
        expect(replies, code);
    }

    private static void expect(BufferedReader replies, String code) throws IOException {
        String line = replies.readLine();
        while (line != null && line.startsWith(code + "-")) {
            line = replies.readLine();
        }
        if (line == null || !line.startsWith(code)) {
            throw new AssertionError("Not " + code + " but " + line);
        }
    }

    /** Reads the mailbox's only message. */
    Served serve(String mailbox) throws MessagingException, IOException {
        var settings = new Properties();
        settings.setProperty("mail.imap.timeout", Integer.toString(LIMIT));
        try (Store store = Session.getInstance(settings).getStore("imap")) {
            store.connect("127.0.0.1", imap, mailbox, "any");
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                Message message = inbox.getMessages()[inbox.getMessageCount() - 1];
                var octets = new ByteArrayOutputStream();
                message.writeTo(octets);
                return new Served(octets.toByteArray(), message.getContentType());
            }
        }
    }

    /** The master ends its parts when it is asked to. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> parts = process.descendants().toList();
        process.destroy();
        try {
            process.onExit().get(LIMIT, TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            parts.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("Dovecot did not stop: " + Files.readString(log), e);
        }
    }
}
