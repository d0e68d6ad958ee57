package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import org.junit.jupiter.api.Test;

@TtMemoryCheck
class DeviceTests {

    private static final Device DEVICE = new Device();

    @Test
    void frees() {
        DEVICE.free(DEVICE.allocate(4096));
    }

    @Test
    void leaks() {
        DEVICE.allocate(4096);
    }

    @Test
    void runs_where_it_says() {
        System.out.println("the test is in a named module: " + DeviceTests.class.getModule().isNamed());
    }
}
