package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@TtMemoryCheck
class CleanTests {

    @Autowired
    Device device;

    @Test
    void frees() {
        device.free(device.allocate(4096));
    }
}
