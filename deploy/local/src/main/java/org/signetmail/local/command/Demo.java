package org.signetmail.local.command;

import java.util.concurrent.Callable;
import org.signetmail.local.demo.Demonstration;
import org.signetmail.local.process.ProcessRecord;
import org.signetmail.local.stack.Home;
import org.signetmail.local.stack.StackOptions;
import picocli.CommandLine.Command;

/** Shows on the running stack what Signet is for. */
@Command(
        name = "demo",
        description = "Sends one honest and one forged message, and shows what everybody reads",
        mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        var home = new Home(StackOptions.ofCheckout().directory());
        if (home.supervisor().filter(ProcessRecord::isAlive).isEmpty()) {
            System.err.println("Signet is not up. Start it first, here or in another terminal: ./signet up --detach");
            return 1;
        }
        return new Demonstration(home, System.out).run() ? 0 : 1;
    }
}
