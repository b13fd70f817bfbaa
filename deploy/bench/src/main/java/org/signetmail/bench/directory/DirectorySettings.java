package org.signetmail.bench.directory;

import java.util.List;
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
        var settings = Settings.ofArguments("directory", arguments);
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
