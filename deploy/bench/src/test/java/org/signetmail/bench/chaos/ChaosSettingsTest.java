package org.signetmail.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.signetmail.local.stack.Part;

class ChaosSettingsTest {
    @Test
    void everyPartMeetsEveryFault() {
        ChaosSettings settings = ChaosSettings.of(List.of());
        assertEquals(List.of(Part.values()), settings.parts());
        assertEquals(List.of(Fault.values()), settings.faults());
    }

    @Test
    void someCanBeNamed() {
        ChaosSettings settings = ChaosSettings.of(List.of("parts=smtp-edge,kafka", "faults=stop", "outage=9"));
        assertEquals(List.of(Part.KAFKA, Part.SMTP_EDGE), settings.parts());
        assertEquals(List.of(Fault.STOP), settings.faults());
        assertEquals(9, settings.outage());
    }

    @Test
    void aMistakeIsNamed() {
        assertThrows(IllegalArgumentException.class, () -> ChaosSettings.of(List.of("parts=edge")));
        assertThrows(IllegalArgumentException.class, () -> ChaosSettings.of(List.of("fault=kill")));
        assertThrows(IllegalArgumentException.class, () -> ChaosSettings.of(List.of("kill")));
    }
}
