package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import org.junit.Test;

/** No engine honours the annotation there. */
@TtMemoryCheck
public class Junit4Test {

    @Test
    public void passes() {}
}
