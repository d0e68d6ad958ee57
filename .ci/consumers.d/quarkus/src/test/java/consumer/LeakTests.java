package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LeakTests {

    @Inject
    Device device;

    @Test
    @TtMemoryCheck
    void leaks() {
        device.allocate(4096);
    }
}
