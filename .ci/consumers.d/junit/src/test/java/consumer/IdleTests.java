package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import org.junit.jupiter.api.Test;

@TtMemoryCheck
class IdleTests {

    @Test
    void allocates_nothing() {}
}
