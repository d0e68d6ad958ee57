package consumer;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.github.ttmemorycheck.TtMemoryCheck;

@TtMemoryCheck
@AnalyzeClasses(packages = "consumer")
class ArchUnitTest {

    @ArchTest
    static void passes(JavaClasses classes) {}
}
