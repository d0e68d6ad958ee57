package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import org.junit.jupiter.api.Test;

@TtMemoryCheck
class CleanTests {

    @Test
    void frees() {
        Client.get().allocate(0, MemoryKind.DRAM, 0x1000, 4096);
        Client.get().free(0, 0x1000);
    }
}
