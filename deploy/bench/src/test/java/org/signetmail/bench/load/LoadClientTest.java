package org.signetmail.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.signetmail.bench.scenario.Scenarios;
import org.signetmail.local.process.Layout;

class LoadClientTest {
    @Test
    void anOrderArrivesAsItWasGiven() throws IOException {
        var json = new ObjectMapper();
        var scenarios = new Scenarios(Layout.root().resolve("deploy/bench/scenarios"));
        for (String name : scenarios.names()) {
            var order = new LoadClient.Order(
                    new Door(2587, 2465, "tls.pem"),
                    scenarios.read(name, Map.of()).load(),
                    7);
            assertEquals(order, json.readValue(json.writeValueAsString(order), LoadClient.Order.class));
        }
    }
}
