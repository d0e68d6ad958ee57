package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left of many tests while their run goes on: no thread, no file, and none of the tests' own objects. */
@Timeout(120)
class LongSuiteTests {

    private static final int TESTS = 300;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    static final List<WeakReference<Object>> INSTANCES = new ArrayList<>();
    static final List<Integer> THREADS = new ArrayList<>();
    static final List<Integer> FILES = new ArrayList<>();

    @TtMemoryCheck
    static class Many {

        @RepeatedTest(TESTS)
        void allocates_and_frees() {
            PrivateServer.client().allocate(0, DRAM, 0x1000, 4096);
            PrivateServer.client().free(0, 0x1000);
            INSTANCES.add(new WeakReference<>(this));
            THREADS.add(Thread.getAllStackTraces().size());
            FILES.add(Objects.requireNonNull(new File("/proc/self/fd").list()).length);
        }

        @AfterAll
        static void collect() {
            for (int i = 0; i < 100 && live() > KEPT; i++) {
                System.gc();
            }
        }
    }

    /** The last test may still be referred to by JUnit, and the first by the series of repetitions that it began. */
    private static final int KEPT = 3;

    private static long live() {
        return INSTANCES.stream().filter(instance -> instance.get() != null).count();
    }

    @Test
    void many_tests_leave_nothing_behind() {
        FixtureRun run = SERVER.run(Many.class);

        assertThat(run.failed()).isEmpty();
        assertThat(INSTANCES).hasSize(TESTS);
        assertThat(live()).isLessThanOrEqualTo(KEPT);
        assertThat(THREADS.get(TESTS - 1)).isLessThan(THREADS.get(0) + 20);
        assertThat(FILES.get(TESTS - 1)).isLessThan(FILES.get(0) + 20);
    }
}
