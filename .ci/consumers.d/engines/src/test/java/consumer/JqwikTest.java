package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import net.jqwik.api.Example;

@TtMemoryCheck
class JqwikTest {

    @Example
    void passes() {}
}
