package org.signetmail.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.signetmail.bench.scenario.Load;

/**
 * The load client's JVM. It reads orders from standard input, one JSON line each, and answers each with a JSON line when
 * the run is over; it ends with its input. So whoever gives the orders can measure before and after, this JVM included.
 */
public final class LoadClient {
    private LoadClient() {}

    /**
     * What to run, and the server to run it against.
     *
     * @param before messages of the runs before: numbered senders go on where those ended
     */
    public record Order(Door door, Load load, long before) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var json = new ObjectMapper();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = orders.readLine();
        while (line != null) {
            Order order = json.readValue(line, Order.class);
            System.out.println(json.writeValueAsString(LoadRun.against(order.door(), order.load(), order.before())));
            line = orders.readLine();
        }
    }
}
