package consumer;

import io.github.ttmemorycheck.TtMemoryCheck;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

@Suite
@SelectClasses(SuiteTest.Selected.class)
@TtMemoryCheck
class SuiteTest {

    static class Selected {

        @org.junit.jupiter.api.Test
        void passes() {}
    }
}
