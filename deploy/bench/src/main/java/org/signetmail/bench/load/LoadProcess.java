package org.signetmail.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.signetmail.bench.scenario.Load;

/** The JVM of the load client, seen from the benchmark that gives it its orders. */
public final class LoadProcess implements AutoCloseable {
    private static final int END_SECONDS = 10;

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader results;
    private long before;

    private LoadProcess(Process process) {
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
        results = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the JVM, on the class path of this one; should this one die, it ends with its input. */
    public static LoadProcess start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        var command = List.of(java, "-Xms256m", "-Xmx512m", "-cp", classPath, LoadClient.class.getName());
        return new LoadProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    public long pid() {
        return process.pid();
    }

    /** Has the load run, and waits for its end, which the time limit of the load bounds. */
    public LoadResult run(Door door, Load load) throws IOException {
        orders.write(json.writeValueAsString(new LoadClient.Order(door, load, before)));
        before += load.messages();
        orders.newLine();
        orders.flush();
        String line = results.readLine();
        if (line == null) {
            throw new IOException("The load client ended; its error output says why");
        }
        return json.readValue(line, LoadResult.class);
    }

    @Override
    public void close() throws IOException {
        try (results;
                orders) {
            process.destroy();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
