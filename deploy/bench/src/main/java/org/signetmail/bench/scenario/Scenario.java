package org.signetmail.bench.scenario;

import java.util.Map;

/**
 * One measurement with all its settings: what {@code scenarios/NAME/scenario.properties} says, completed by defaults. It
 * is part of the record of its result, so that a figure never stands without its settings.
 *
 * @param variant settings of the command line that had several values, and the one of this scenario
 * @param warmUp messages before those that count
 * @param drainSeconds how long to wait, before and after the measured messages, for work that is still queued
 * @param idle TLS connections that sign in before the messages that count, and stay
 */
public record Scenario(
        String name,
        Map<String, String> variant,
        Installation installation,
        Load load,
        int warmUp,
        int drainSeconds,
        int idle,
        Bounds bounds) {
    /** What the name of Postfix' scenario begins with, whose rest is the name of Signet's. */
    private static final String PEER = "postfix-";

    public String peer() {
        return PEER + name;
    }

    /** The settings that set it apart, such as "connections=50"; empty when nothing varies. */
    public String variantText() {
        return String.join(
                " ",
                variant.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? name : name + " " + variantText();
    }
}
