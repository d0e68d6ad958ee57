package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import org.testng.annotations.Test;

@TtMemoryCheck
public class TestNgTest {

    @Test
    public void passes() {}
}
