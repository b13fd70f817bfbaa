package org.signetmail.bench.scenario;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;

/** Keys and values of a scenario, taken out one by one, so that what is left over was misspelt. */
public final class Settings {
    private final String scenario;
    private final Map<String, String> left = new TreeMap<>();

    public Settings(String scenario, Properties given) {
        this.scenario = scenario;
        given.stringPropertyNames()
                .forEach(key -> left.put(key, given.getProperty(key).strip()));
    }

    /** Of KEY=VALUE. */
    public static Settings ofArguments(String scenario, List<String> arguments) {
        var given = new Properties();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("%s: %s is not KEY=VALUE".formatted(scenario, argument));
            }
            given.setProperty(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new Settings(scenario, given);
    }

    <T> T take(String key, Function<String, T> reading) {
        String value = left.remove(key);
        if (value == null) {
            throw new IllegalArgumentException("Scenario %s: %s is missing".formatted(scenario, key));
        }
        return read(key, value, reading);
    }

    public <T> T take(String key, String byDefault, Function<String, T> reading) {
        String value = left.remove(key);
        return read(key, value == null ? byDefault : value, reading);
    }

    /** A number from 0 up. */
    public int number(String key, int byDefault) {
        return take(key, Integer.toString(byDefault), Integer::parseUnsignedInt);
    }

    /** A number from 1 up. */
    public int positive(String key, int byDefault) {
        int number = number(key, byDefault);
        if (number == 0) {
            throw new IllegalArgumentException("Scenario %s: %s: at least 1".formatted(scenario, key));
        }
        return number;
    }

    /** All keys with this prefix, without it. */
    Map<String, String> takeAll(String prefix) {
        var found = new TreeMap<String, String>();
        left.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        left.keySet().removeIf(key -> key.startsWith(prefix));
        return found;
    }

    public void refuseTheRest() {
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("Scenario %s: unknown %s".formatted(scenario, left.keySet()));
        }
    }

    private <T> T read(String key, String value, Function<String, T> reading) {
        try {
            return reading.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Scenario %s: %s: %s".formatted(scenario, key, e.getMessage()), e);
        }
    }
}
