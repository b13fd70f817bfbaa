package org.signetmail.local.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.signetmail.local.process.AtExit;
import org.signetmail.local.process.PartFailed;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.StackOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the stack and holds it until Ctrl-C, or hands it to a process of its own with {@code --detach}. */
@Command(name = "up", description = "Starts everything on loopback; Ctrl-C stops it", mixinStandardHelpOptions = true)
public final class Up implements Callable<Integer> {
    private static final int LOG_LINES = 20;

    @Option(names = "--detach", description = "return when everything is ready; ./signet down stops it")
    private boolean detach;

    @Option(names = "--port-offset", paramLabel = "N", description = "added to every port (default: 0)")
    private int portOffset;

    @Override
    public Integer call() throws IOException, InterruptedException {
        StackOptions options =
                StackOptions.ofCheckout().withPortOffset(portOffset).withProgress(new Console());
        if (detach) {
            return Detached.start(options);
        }
        long begin = System.nanoTime();
        LocalStack stack = LocalStack.start(options);
        System.out.printf(
                Locale.ROOT,
                "Signet is up after %.1f s.%n%n",
                Console.seconds(Duration.ofNanos(System.nanoTime() - begin)));
        System.out.print(Summary.of(stack));
        for (Part part : Part.values()) {
            watch(stack, part);
        }
        new CountDownLatch(1).await(); // Until a signal: AtExit then stops the parts.
        return 0;
    }

    /** Says so when a part ends by itself. The others go on, as they would in production. */
    private static void watch(LocalStack stack, Part part) {
        long pid = stack.pid(part);
        CompletableFuture<Void> unused = ProcessHandle.of(pid)
                .map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenAccept(process -> {
                    if (!AtExit.isEnding()) {
                        System.out.printf("%n%s (pid %d) has ended; see %s%n", part.label(), pid, stack.log(part));
                        PartFailed.lastLines(stack.log(part), LOG_LINES)
                                .forEach(line -> System.out.println("  | " + line));
                        System.out.println("The other parts go on. To start it again: ./signet down, ./signet up");
                    }
                });
    }
}
