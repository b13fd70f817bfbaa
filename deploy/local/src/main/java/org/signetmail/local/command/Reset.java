package org.signetmail.local.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.signetmail.local.process.Trees;
import org.signetmail.local.stack.Home;
import org.signetmail.local.stack.StackOptions;
import picocli.CommandLine.Command;

/** Back to the state before the first start. */
@Command(
        name = "reset",
        description = "Stops everything and deletes .signet/: all data, secrets and logs",
        mixinStandardHelpOptions = true)
public final class Reset implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        var home = new Home(StackOptions.ofCheckout().directory());
        Down.stop(home);
        Trees.delete(home.directory());
        System.out.println("Deleted " + home.directory());
        return 0;
    }
}
