package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.Test;

class LeakTests {

    /** How often it leaks; a test that is run again in the same JVM leaks at another address. */
    private static final int TIMES = Integer.getInteger("leaks", 1_000);

    private static int run;

    @Test
    @TtMemoryCheck
    void leaks() {
        run++;
        Client.get().allocate(0, MemoryKind.DRAM, 0x10000L * run, 4096);
        if (run > TIMES) {
            Client.get().free(0, 0x10000L * run);
        }
    }
}
