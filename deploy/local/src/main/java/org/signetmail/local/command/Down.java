package org.signetmail.local.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.signetmail.local.process.ProcessRecord;
import org.signetmail.local.stack.Home;
import org.signetmail.local.stack.Leftovers;
import org.signetmail.local.stack.StackOptions;
import picocli.CommandLine.Command;

/** Asks the supervisor to stop its parts; stops them itself where the supervisor was killed. */
@Command(name = "down", description = "Stops everything; data stays", mixinStandardHelpOptions = true)
public final class Down implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Override
    public Integer call() {
        var home = new Home(StackOptions.ofCheckout().directory());
        stop(home);
        System.out.println("Nothing of it runs any more; data is in " + home.directory());
        return 0;
    }

    static void stop(Home home) {
        home.supervisor()
                .filter(ProcessRecord::isAlive)
                .ifPresentOrElse(
                        supervisor -> {
                            System.out.println("Stopping Signet (process " + supervisor.pid() + ") …");
                            supervisor.stop(LIMIT);
                        },
                        () -> System.out.println("Signet is not running."));
        Leftovers.stop(home, System.out::println);
    }
}
