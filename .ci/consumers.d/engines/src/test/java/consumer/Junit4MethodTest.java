package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import org.junit.Test;

public class Junit4MethodTest {

    @Test
    @TtMemoryCheck
    public void passes() {}
}
