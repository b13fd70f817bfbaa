package org.signetmail.local;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.signetmail.local.command.Demo;
import org.signetmail.local.command.Down;
import org.signetmail.local.command.Reset;
import org.signetmail.local.command.Status;
import org.signetmail.local.command.Up;
import org.signetmail.local.process.AtExit;
import org.signetmail.local.process.PartFailed;
import org.signetmail.local.stack.AlreadyRunning;
import org.signetmail.local.stack.PortsTaken;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of the launcher {@code signet}, which builds what is missing and then calls this. */
@Command(
        name = "./signet",
        subcommands = {Up.class, Down.class, Status.class, Demo.class, Reset.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Signet {
    private static final int LOG_LINES = 20;

    private Signet() {}

    public static void main(String[] arguments) {
        // The libraries' talk is no part of what the commands say.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        var commands = new CommandLine(new Signet()).setExecutionExceptionHandler((e, command, parsed) -> explain(e));
        System.exit(commands.execute(arguments));
    }

    private static int explain(Exception failure) throws Exception {
        if (AtExit.isEnding()) {
            return 1; // Ctrl-C while starting: what ends now has not failed.
        }
        switch (failure) {
            case PartFailed failed -> {
                List<String> lines = failed.lastLines(LOG_LINES);
                System.err.println();
                System.err.println("Signet did not start: " + failed.getMessage());
                if (!lines.isEmpty()) {
                    System.err.println("The last lines of that log:");
                    lines.forEach(line -> System.err.println("  | " + line));
                }
                System.err.println("Everything else was stopped.");
            }
            case PortsTaken taken -> System.err.println(taken.getMessage());
            case AlreadyRunning running -> System.err.println(running.getMessage());
            case UncheckedIOException io
            when io.getCause() instanceof AccessDeniedException denied ->
                System.err.println("No access to " + denied.getFile() + ". Was Signet started by another user before?");
            default -> throw failure;
        }
        return 1;
    }
}
