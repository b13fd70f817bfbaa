package org.signetmail.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.signetmail.local.process.Layout;

class PlanTest {
    private final Scenarios scenarios = new Scenarios(Layout.root().resolve("deploy/bench/scenarios"));

    @Test
    void withoutANameTheDefaultsAreMeasuredOnce() throws IOException {
        Plan plan = Plan.of(scenarios, List.of(), List.of("noop", "accept"));
        assertEquals(1, plan.rounds());
        assertEquals(List.of("noop", "accept"), names(plan));
    }

    @Test
    void aCommaStandsForVariants() throws IOException {
        Plan plan = Plan.of(
                scenarios,
                List.of("accept", "postfix-accept", "connections=1,50", "message-size=2048,9000", "rounds=5"),
                List.of());
        assertEquals(5, plan.rounds());
        assertEquals(
                List.of(
                        "accept connections=1 message-size=2048",
                        "postfix-accept connections=1 message-size=2048",
                        "accept connections=1 message-size=9000",
                        "postfix-accept connections=1 message-size=9000",
                        "accept connections=50 message-size=2048",
                        "postfix-accept connections=50 message-size=2048",
                        "accept connections=50 message-size=9000",
                        "postfix-accept connections=50 message-size=9000"),
                names(plan));
        assertEquals(50, plan.scenarios().getLast().load().connections());
        assertEquals(9000, plan.scenarios().getLast().load().messageSize());
    }

    @Test
    void noRoundIsNoPlan() {
        assertThrows(IllegalArgumentException.class, () -> Plan.of(scenarios, List.of("rounds=0"), List.of("noop")));
        assertThrows(IllegalArgumentException.class, () -> Plan.of(scenarios, List.of("rounds=some"), List.of("noop")));
    }

    private static List<String> names(Plan plan) {
        return plan.scenarios().stream().map(Scenario::toString).toList();
    }
}
