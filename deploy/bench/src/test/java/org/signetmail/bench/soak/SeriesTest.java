package org.signetmail.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final double SLACK = 16;

    @Test
    void whatGrowsSteadilyIsNotFlat() {
        Series leak = series(IntStream.range(0, 60).mapToObj(i -> 200.0 + i).toList());
        assertEquals(1, leak.slope(), 1e-9);
        assertEquals(44, leak.growth(), 1e-9);
        assertFalse(leak.isFlat());
    }

    @Test
    void growthWhileItWarmsUpDoesNotCount() {
        assertTrue(series(IntStream.range(0, 60)
                        .mapToObj(i -> i < 15 ? 100.0 + 10 * i : 250.0)
                        .toList())
                .isFlat());
    }

    @Test
    void anOutlierIsNoSlope() {
        Series outlier = series(
                IntStream.range(0, 60).mapToObj(i -> i == 59 ? 900.0 : 250.0).toList());
        assertEquals(0, outlier.slope());
        assertTrue(outlier.isFlat());
    }

    @Test
    void aLittleOfLittleDoesNotMatter() {
        assertTrue(
                series(List.of(20.0, 20.0, 22.0, 24.0, 26.0, 28.0, 30.0, 32.0)).isFlat());
    }

    @Test
    void aShortSoakHasNoSlope() {
        assertThrows(IllegalArgumentException.class, () -> SoakSettings.of(List.of("minutes=3")));
        assertEquals(10, SoakSettings.of(List.of("minutes=10")).minutes());
    }

    private static Series series(List<Double> samples) {
        return new Series("heap", SLACK, samples);
    }
}
