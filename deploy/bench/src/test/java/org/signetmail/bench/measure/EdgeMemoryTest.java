package org.signetmail.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What jcmd GC.heap_info says of a JDK 25. */
class EdgeMemoryTest {
    @Test
    void bothGenerationsOfTheSerialCollectorAreHeap() throws IOException {
        assertEquals(2563, EdgeMemory.usedKiB("""
            479:
            DefNew     total 19648K, used 1397K [0x00000000fc000000, 0x00000000fd550000, 0x00000000fd550000)
             eden space 17472K,   8% used [0x00000000fc000000, 0x00000000fc15d750, 0x00000000fd110000)
            Tenured    total 43712K, used 1166K [0x00000000fd550000, 0x0000000100000000, 0x0000000100000000)
             the  space 43712K,   2% used [0x00000000fd550000, 0x00000000fd673ab8, 0x0000000100000000)
            Metaspace       used 7000K, committed 7200K, reserved 1114112K
            """));
    }

    @Test
    void theHeapOfG1() throws IOException {
        assertEquals(2190, EdgeMemory.usedKiB("""
            534:
            garbage-first heap   total reserved 65536K, committed 65536K, used 2190K [0x00000000fc000000)
             region size 1024K, 1 young (1024K), 0 survivors (0K)
            """));
    }

    @Test
    void nothingIsNoFigure() {
        assertThrows(IOException.class, () -> EdgeMemory.usedKiB("534:\n"));
    }
}
