package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TtMemoryCheck
class CleanTests {

    @Inject
    Device device;

    @Test
    void frees() {
        device.free(device.allocate(4096));
    }
}
