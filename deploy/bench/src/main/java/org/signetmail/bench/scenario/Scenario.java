package org.signetmail.bench.scenario;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import org.signetmail.local.stack.Part;

/**
 * One measurement with all its settings: what {@code scenarios/NAME/scenario.properties} says, completed by defaults. It
 * is part of the record of its result, so that a figure never stands without its settings.
 *
 * @param warmUp messages before those that count
 * @param drainSeconds how long to wait, before and after the measured messages, for work that is still queued
 * @param environment variables of services that differ from those of the local stack
 */
public record Scenario(
        String name,
        Target target,
        Load load,
        int warmUp,
        int drainSeconds,
        Map<Part, Map<String, String>> environment) {
    private static final String ENVIRONMENT = "environment.";

    /**
     * Reads settings; a key that is missing has its default.
     *
     * @throws IllegalArgumentException for a key that is unknown or a value that cannot be
     */
    static Scenario of(String name, Properties given) {
        var settings = new Settings(name, given);
        Target target = settings.take("target", Scenario::target);
        String mailFrom = settings.take("mail-from", "alice@example.test", Function.identity());
        var load = new Load(
                settings.number("connections", 50),
                settings.number("messages-per-connection", 20),
                settings.number("messages", 20_000),
                settings.number("message-size", 2048),
                settings.take("pipelining", "true", Scenario::yesOrNo),
                settings.number("time-limit-seconds", 120),
                settings.take("login", "alice", Function.identity()),
                settings.take("password", "alice-password", Function.identity()),
                mailFrom,
                settings.take("from", mailFrom, Function.identity()),
                settings.take("recipient", "bob@example.test", Function.identity()),
                settings.take("answered-at", "content", Scenario::answeredAt),
                settings.number("final-reply", 250));
        int warmUp = settings.number("warm-up", 10_000);
        int drainSeconds = settings.number("drain-seconds", 60);
        var environment = new TreeMap<Part, Map<String, String>>();
        settings.takeAll(ENVIRONMENT)
                .forEach((key, value) -> environment
                        .computeIfAbsent(part(name, key), part -> new TreeMap<>())
                        .put(key.substring(key.indexOf('.') + 1), value));
        settings.refuseTheRest();
        return new Scenario(name, target, load, warmUp, drainSeconds, environment);
    }

    private static Part part(String name, String key) {
        return Part.labelled(key.split("\\.", 2)[0])
                .filter(Part::isService)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Scenario %s: %s%s names no service".formatted(name, ENVIRONMENT, key)));
    }

    private static Target target(String value) {
        return switch (value) {
            case "no-op" -> Target.NO_OP;
            case "postfix" -> Target.POSTFIX;
            case "signet" -> Target.SIGNET;
            default -> throw new IllegalArgumentException("no-op, postfix or signet, not " + value);
        };
    }

    private static Load.AnsweredAt answeredAt(String value) {
        return switch (value) {
            case "rcpt" -> Load.AnsweredAt.RCPT;
            case "content" -> Load.AnsweredAt.CONTENT;
            default -> throw new IllegalArgumentException("rcpt or content, not " + value);
        };
    }

    private static boolean yesOrNo(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false, not " + value);
        };
    }
}
