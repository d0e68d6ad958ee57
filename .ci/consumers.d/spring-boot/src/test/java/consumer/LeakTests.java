package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class LeakTests {

    @Autowired
    Device device;

    @Test
    @TtMemoryCheck
    void leaks() {
        device.allocate(4096);
    }
}
