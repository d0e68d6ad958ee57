package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import org.junit.jupiter.api.Test;

/** Beside those of Quarkus: its classes come from the class loader of the launcher. */
class PlainTests {

    private final Device device = new Device();

    @Test
    @TtMemoryCheck
    void leaks_as_well() {
        device.allocate(4096);
    }
}
