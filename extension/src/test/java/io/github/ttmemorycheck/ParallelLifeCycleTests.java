package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests in parallel, classes and methods alike, on each of JUnit's executors. JUnit before 6.1 has only the first and
 * takes no notice of the setting.
 */
@Timeout(120)
class ParallelLifeCycleTests {

    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final AtomicInteger RAN = new AtomicInteger();

    private static volatile CountDownLatch overlap = new CountDownLatch(1);
    private static volatile CountDownLatch checkedRuns = new CountDownLatch(1);
    private static volatile CountDownLatch uncheckedAllocated = new CountDownLatch(1);

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static FixtureRun runInParallel(String executor, Class<?>... fixtures) {
        RUNNING.set(0);
        RAN.set(0);
        overlap = new CountDownLatch(1);
        checkedRuns = new CountDownLatch(1);
        uncheckedAllocated = new CountDownLatch(1);
        return SERVER.run(
                List.of(fixtures),
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent",
                "junit.jupiter.execution.parallel.config.strategy",
                "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                "4",
                "junit.jupiter.execution.parallel.config.executor-service",
                executor);
    }

    /** Stays a moment, and notices whoever else is here. */
    private static void run() {
        RAN.incrementAndGet();
        if (RUNNING.incrementAndGet() > 1) {
            overlap.countDown();
        }
        await(overlap, 30);
        RUNNING.decrementAndGet();
    }

    private static boolean await(CountDownLatch latch, long milliseconds) {
        try {
            return latch.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @TtMemoryCheck
    static class AClass {

        @BeforeAll
        static void open() {
            ParallelLifeCycleTests.run();
        }

        @Test
        void first() {
            ParallelLifeCycleTests.run();
        }

        @Test
        void second() {
            ParallelLifeCycleTests.run();
        }

        @Nested
        class WithinIt {

            @Test
            void leaks() {
                FixtureTensor.forget(2);
                ParallelLifeCycleTests.run();
            }
        }
    }

    @TtMemoryCheck
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    static class RunsTwice {

        private final int number;

        RunsTwice(int number) {
            this.number = number;
        }

        @BeforeAll
        static void open() {
            ParallelLifeCycleTests.run();
        }

        @Test
        void leaks() {
            FixtureTensor.forget(2 + 2L * number);
            ParallelLifeCycleTests.run();
        }
    }

    static class Methods {

        @Test
        @TtMemoryCheck
        void first() {
            ParallelLifeCycleTests.run();
        }

        @Test
        @TtMemoryCheck
        void second() {
            ParallelLifeCycleTests.run();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fork_join_pool", "worker_thread_pool"})
    void annotated_tests_never_overlap(String executor) {
        FixtureRun run = runInParallel(executor, AClass.class, RunsTwice.class, Methods.class);

        assertThat(RAN).hasValue(9);
        assertThat(overlap.getCount()).as("1 when nothing overlapped").isEqualTo(1);
        assertThat(run.charges())
                .containsExactlyInAnyOrder(
                        "ParallelLifeCycleTests.AClass.WithinIt.leaks() left 2 KiB of DRAM on device 0",
                        "ParallelLifeCycleTests.RunsTwice.leaks()[1] left 4 KiB of DRAM on device 0",
                        "ParallelLifeCycleTests.RunsTwice.leaks()[2] left 6 KiB of DRAM on device 0");
    }

    @TtMemoryCheck
    static class Checked {

        @Test
        void leaks() {
            checkedRuns.countDown();
            assertThat(await(uncheckedAllocated, 30_000)).isTrue();
            FixtureTensor.forget(1);
        }
    }

    static class Unchecked {

        @Test
        void allocates() {
            assertThat(await(checkedRuns, 30_000)).isTrue();
            FixtureTensor.forget(2);
            uncheckedAllocated.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fork_join_pool", "worker_thread_pool"})
    void what_a_test_without_annotation_or_lock_allocates_meanwhile_is_charged_to_the_annotated_one(String executor) {
        FixtureRun run = runInParallel(executor, Checked.class, Unchecked.class);

        assertThat(run.failed()).containsExactly("leaks()");
        assertThat(run.charges())
                .containsExactly("ParallelLifeCycleTests.Checked.leaks() left 3 KiB of DRAM on device 0");
        assertThat(run.of("leaks()").leak().getMessage())
                .contains("of pid " + ProcessHandle.current().pid())
                .contains("(this JVM)");
    }

    @TtMemoryCheck
    static class Leaking {

        @Test
        void leaks() {
            FixtureTensor.forget(1);
            ParallelLifeCycleTests.run();
        }
    }

    @ResourceLock(TtMemoryCheck.DEVICE_MEMORY)
    static class Locked {

        @Test
        void allocates() {
            FixtureTensor.forget(2);
            ParallelLifeCycleTests.run();
        }
    }

    @Isolated
    static class Alone {

        @Test
        void allocates() {
            FixtureTensor.forget(4);
            ParallelLifeCycleTests.run();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fork_join_pool", "worker_thread_pool"})
    void a_test_with_the_lock_or_in_isolation_never_overlaps_an_annotated_one(String executor) {
        FixtureRun run = runInParallel(executor, Leaking.class, Locked.class, Alone.class);

        assertThat(RAN).hasValue(3);
        assertThat(overlap.getCount()).as("1 when nothing overlapped").isEqualTo(1);
        assertThat(run.charges())
                .containsExactly("ParallelLifeCycleTests.Leaking.leaks() left 1 KiB of DRAM on device 0");
    }
}
