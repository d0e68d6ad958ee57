package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import org.junit.Test;

@TtMemoryCheck
public class Junit4Test {

    @Test
    public void passes() {}
}
