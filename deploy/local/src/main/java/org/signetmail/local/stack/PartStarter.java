package org.signetmail.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.database.LocalDatabase;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.process.Layout;
import org.signetmail.local.process.PartFailed;
import org.signetmail.local.process.RunningPart;
import org.signetmail.local.secrets.Secrets;

/** Starts each part as it wants to be started, and knows when it is ready. */
final class PartStarter {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final StackOptions options;
    private final Home home;
    private final Endpoints endpoints;
    private final ServiceEnvironment environment;
    private final HttpClient http = HttpClient.newHttpClient();

    PartStarter(StackOptions options, Home home, Endpoints endpoints, Secrets secrets) {
        this.options = options;
        this.home = home;
        this.endpoints = endpoints;
        this.environment = new ServiceEnvironment(home, endpoints, secrets);
    }

    /** A started part and how to wait until it is ready. */
    record Started(RunningPart part, Runnable awaitReady) {}

    Started start(Part part) {
        try {
            return switch (part) {
                case KAFKA -> kafka();
                case POSTGRESQL -> postgresql();
                case MAIL_STORE -> mailStore();
                case DIRECTORY_SERVICE, POLICY_SERVICE, NOTIFIER, SMTP_EDGE -> service(part);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(part.label() + " could not be started", e);
        }
    }

    private Started kafka() {
        LocalBroker broker = LocalBroker.start(
                home.data(Part.KAFKA),
                endpoints.kafkaPort(),
                endpoints.kafkaControllerPort(),
                home.log(Part.KAFKA),
                options.broker());
        return new Started(broker.process(), broker::awaitReady);
    }

    private Started postgresql() {
        LocalDatabase database =
                LocalDatabase.start(home.data(Part.POSTGRESQL), endpoints.databasePort(), home.log(Part.POSTGRESQL));
        return new Started(database, () -> {
            database.createDatabase("directory");
            database.createDatabase("notifier");
        });
    }

    private Started mailStore() throws IOException {
        JavaProcess process = JavaProcess.named(Part.MAIL_STORE.label(), home.log(Part.MAIL_STORE))
                .option("-Xmx512m")
                .option("-XX:+UseSerialGC")
                .mainClass("org.signetmail.local.mailstore.MailStoreMain")
                .argument(Integer.toString(endpoints.storeSmtpPort()))
                .argument(Integer.toString(endpoints.imapPort()))
                .start();
        return new Started(process, () -> {
            process.awaitPort(endpoints.imapPort(), START_LIMIT);
            process.awaitPort(endpoints.storeSmtpPort(), START_LIMIT);
        });
    }

    private Started service(Part service) throws IOException {
        Path jar = Layout.root().resolve(service.label()).resolve("target/quarkus-app/quarkus-run.jar");
        if (Files.notExists(jar)) {
            throw new PartFailed(service.label() + " is not built: there is no " + jar, home.log(service));
        }
        var builder = JavaProcess.named(service.label(), home.log(service)).option("-XX:+ExitOnOutOfMemoryError");
        switch (service) {
            case SMTP_EDGE -> builder.option("-Xmx512m");
            case DIRECTORY_SERVICE, POLICY_SERVICE, NOTIFIER ->
                builder.option("-Xmx256m").option("-XX:+UseSerialGC");
            case KAFKA, POSTGRESQL, MAIL_STORE ->
                throw new IllegalArgumentException(service.label() + " is no service");
        }
        options.jvmOptionsOf(service).forEach(builder::option);
        JavaProcess process = builder.jar(jar)
                .environment(environment.of(service))
                .environment(options.environmentOf(service))
                .start();
        return new Started(
                process,
                () -> process.await(
                        () -> Health.isReady(http, endpoints, service), "answer of its readiness check", START_LIMIT));
    }
}
