package org.signetmail.bench.directory;

import java.util.List;
import java.util.Properties;
import org.signetmail.bench.scenario.Settings;

/**
 * What is asked of the directory.
 *
 * @param accounts of the large directory; each has three addresses
 * @param small accounts of the small directory, which grows into the large one
 * @param questions that count, of each directory
 * @param warmUp questions before those, of each directory
 * @param connections that ask at a time, each its next question when the one before is answered
 */
public record DirectorySettings(int accounts, int small, int questions, int warmUp, int connections) {
    /** @throws IllegalArgumentException for a key that is unknown or a value that cannot be */
    public static DirectorySettings of(List<String> arguments) {
        var given = new Properties();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("directory: " + argument + " is not KEY=VALUE");
            }
            given.setProperty(argument.substring(0, equals), argument.substring(equals + 1));
        }
        var settings = new Settings("directory", given);
        var asked = new DirectorySettings(
                settings.number("accounts", 1_000_000),
                settings.number("small", 1000),
                settings.number("questions", 20_000),
                settings.number("warm-up", 20_000),
                settings.number("connections", 4));
        settings.refuseTheRest();
        return asked;
    }
}
