package org.signetmail.bench.scenario;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import org.signetmail.local.stack.Part;

/** Reads a scenario's settings; a key that is missing has its default, and one that is unknown is refused. */
final class ScenarioReader {
    private static final String ENVIRONMENT = "environment.";
    private static final int MOST_BROKERS = 3;

    private final String name;
    private final Settings settings;

    private ScenarioReader(String name, Properties given) {
        this.name = name;
        this.settings = new Settings(name, given);
    }

    /** @throws IllegalArgumentException for a key that is unknown or a value that cannot be */
    static Scenario read(String name, Properties given, Map<String, String> variant) {
        return new ScenarioReader(name, given).scenario(variant);
    }

    private Scenario scenario(Map<String, String> variant) {
        Target target = settings.take("target", ScenarioReader::target);
        int accounts = settings.number("accounts", 0);
        int sending = settings.number("senders", accounts);
        Senders one = Senders.one(
                settings.take("login", "alice", Function.identity()),
                settings.take("password", "alice-password", Function.identity()));
        Senders senders = sending == 0 ? one : Senders.among(sending, accounts);
        var installation = new Installation(
                target,
                environment(),
                accounts,
                sending == 0 ? Senders.NOBODY : senders,
                settings.number("directory-delay-ms", 0),
                settings.number("partitions", 0),
                settings.take("brokers", "1", ScenarioReader::brokers));
        var scenario = new Scenario(
                name,
                variant,
                installation,
                load(senders),
                settings.number("warm-up", 10_000),
                settings.number("drain-seconds", 180),
                settings.number("idle", 0),
                settings.take("bounds", "none", ScenarioReader::bounds));
        settings.refuseTheRest();
        if (target != Target.SIGNET && !plain(installation)) {
            throw new IllegalArgumentException(
                    "Scenario %s: environment, accounts, directory-delay-ms, partitions and brokers are for signet"
                            .formatted(name));
        }
        if (sending > accounts) {
            throw new IllegalArgumentException("Scenario %s: more senders than accounts".formatted(name));
        }
        return scenario;
    }

    private Load load(Senders senders) {
        Submission honest = submission("", Submission.honest("alice@example.test"));
        return new Load(
                settings.positive("connections", 50),
                settings.positive("messages-per-connection", 20),
                settings.positive("messages", 20_000),
                settings.number("message-size", 2048),
                settings.take("pipelining", "true", ScenarioReader::yesOrNo),
                settings.take("tls", "none", ScenarioReader::tls),
                settings.number("rate", 0),
                settings.number("time-limit-seconds", 120),
                senders,
                settings.take("recipient", "bob@example.test", Function.identity()),
                honest,
                submission("forged.", honest),
                settings.number("forged-every", 0));
    }

    private Submission submission(String prefix, Submission byDefault) {
        String mailFrom = settings.take(prefix + "mail-from", byDefault.mailFrom(), Function.identity());
        return new Submission(
                mailFrom,
                settings.take(prefix + "from", mailFrom, Function.identity()),
                settings.take(prefix + "answered-at", "content", ScenarioReader::answeredAt),
                settings.number(prefix + "final-reply", byDefault.finalReply()));
    }

    private Map<Part, Map<String, String>> environment() {
        var environment = new TreeMap<Part, Map<String, String>>();
        settings.takeAll(ENVIRONMENT)
                .forEach((key, value) -> environment
                        .computeIfAbsent(part(key), _ -> new TreeMap<>())
                        .put(key.substring(key.indexOf('.') + 1), value));
        return environment;
    }

    private Part part(String key) {
        return Part.labelled(key.split("\\.", 2)[0])
                .filter(Part::isService)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Scenario %s: %s%s names no service".formatted(name, ENVIRONMENT, key)));
    }

    private static boolean plain(Installation asked) {
        return asked.environment().isEmpty()
                && asked.accounts() == 0
                && asked.directoryDelayMillis() == 0
                && asked.partitions() == 0
                && asked.brokers() == 1;
    }

    private static Target target(String value) {
        return switch (value) {
            case "no-op" -> Target.NO_OP;
            case "postfix" -> Target.POSTFIX;
            case "signet" -> Target.SIGNET;
            default -> throw new IllegalArgumentException("no-op, postfix or signet, not " + value);
        };
    }

    private static Submission.AnsweredAt answeredAt(String value) {
        return switch (value) {
            case "rcpt" -> Submission.AnsweredAt.RCPT;
            case "content" -> Submission.AnsweredAt.CONTENT;
            default -> throw new IllegalArgumentException("rcpt or content, not " + value);
        };
    }

    private static Load.Tls tls(String value) {
        return switch (value) {
            case "none" -> Load.Tls.NONE;
            case "starttls" -> Load.Tls.STARTTLS;
            case "implicit" -> Load.Tls.IMPLICIT;
            default -> throw new IllegalArgumentException("none, starttls or implicit, not " + value);
        };
    }

    private static Bounds bounds(String value) {
        return switch (value) {
            case "none" -> Bounds.NONE;
            case "accepted" -> Bounds.ACCEPTED;
            case "refused" -> Bounds.REFUSED;
            default -> throw new IllegalArgumentException("none, accepted or refused, not " + value);
        };
    }

    private static int brokers(String value) {
        int brokers = Integer.parseUnsignedInt(value);
        if (brokers != 1 && brokers != MOST_BROKERS) {
            throw new IllegalArgumentException("1 or 3, not " + value);
        }
        return brokers;
    }

    private static boolean yesOrNo(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false, not " + value);
        };
    }
}
