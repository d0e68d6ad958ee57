package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import java.lang.ref.Cleaner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory that goes after the test method: closed by JUnit, freed by a collection, or freed late. */
@Timeout(60)
class LateFreeTests {

    private static final long KIB = 1024;
    private static final Cleaner CLEANER = Cleaner.create();

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    /** Owns a buffer on the device; closing it, or collecting it, frees the buffer. */
    static final class Tensor implements AutoCloseable {

        private final long address;

        Tensor(long address) {
            this.address = address;
            client().allocate(0, DRAM, address, KIB);
        }

        static void forgotten(long address) {
            CLEANER.register(new Tensor(address), () -> client().free(0, address));
        }

        @Override
        public void close() {
            client().free(0, address);
        }
    }

    @TtMemoryCheck
    static class ClosedByJUnit {

        @AutoClose
        final Tensor field = new Tensor(0x1000);

        static Stream<Tensor> tensors() {
            return Stream.of(new Tensor(0x2000));
        }

        @ParameterizedTest
        @MethodSource("tensors")
        void uses_an_argument(Tensor argument) {
            assertThat(argument).isNotNull();
        }

        @Test
        void uses_a_field() {}
    }

    @TtMemoryCheck
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class ClosedByJUnitWithOneInstance {

        static Stream<Tensor> tensors() {
            return Stream.of(new Tensor(0x3000));
        }

        @ParameterizedTest
        @MethodSource("tensors")
        void uses_an_argument(Tensor argument) {
            assertThat(argument).isNotNull();
        }
    }

    @Test
    void what_junit_closes_for_the_test_is_no_leak() {
        assertThat(SERVER.run(ClosedByJUnit.class).failed()).isEmpty();
        assertThat(SERVER.run(ClosedByJUnitWithOneInstance.class).failed()).isEmpty();
    }

    @TtMemoryCheck
    static class Forgotten {

        @Test
        void tensor() {
            Tensor.forgotten(0x4000);
        }

        @Test
        void tensor_beside_a_leak() {
            Tensor.forgotten(0x5000);
            client().allocate(0, DRAM, 0x6000, 2 * KIB);
        }
    }

    @Test
    void what_a_collection_frees_is_no_leak_and_is_mentioned_beside_one() {
        String freed = "were freed by garbage collection";
        FixtureRun run = SERVER.run(Forgotten.class);
        // The JVM may collect by itself before anything is measured; hardly several times in a row.
        for (int again = 0; again < 4 && !message(run).contains(freed); again++) {
            run = SERVER.run(Forgotten.class);
        }

        assertThat(run.failed()).containsExactly("tensor_beside_a_leak()");
        assertThat(message(run))
                .startsWith("LateFreeTests.Forgotten.tensor_beside_a_leak() left 2 KiB of DRAM on device 0")
                .contains("1 KiB were freed by garbage collection, not by close()");
    }

    @TtMemoryCheck
    static class CollectedByTheJvm {

        @Test
        void tensor_beside_a_leak() {
            Tensor.forgotten(0x8000);
            client().allocate(0, DRAM, 0x9000, 2 * KIB);
            CompletableFuture.delayedExecutor(3, TimeUnit.MILLISECONDS).execute(System::gc);
        }
    }

    @Test
    void what_a_collection_of_the_jvm_frees_before_one_is_forced_is_not_said_to_go_in_the_background() {
        for (int again = 0; again < 2; again++) {
            assertThat(message(SERVER.run(CollectedByTheJvm.class)))
                    .startsWith("LateFreeTests.CollectedByTheJvm.tensor_beside_a_leak() left 2 KiB of DRAM")
                    .doesNotContain("in the background meanwhile");
        }
    }

    private static String message(FixtureRun run) {
        return String.valueOf(run.of("tensor_beside_a_leak()").leak().getMessage());
    }

    @Test
    void without_a_collection_it_counts_as_left() {
        FixtureRun run = SERVER.run(Forgotten.class, TtMemoryCheckSettings.GC, "never");

        assertThat(run.failed()).containsExactly("tensor()", "tensor_beside_a_leak()");
    }

    @TtMemoryCheck
    static class FreedLate {

        @Test
        void by_another_thread() {
            client().allocate(0, DRAM, 0x7000, KIB);
            CompletableFuture.delayedExecutor(250, TimeUnit.MILLISECONDS).execute(() -> client().free(0, 0x7000));
        }
    }

    @Test
    void what_is_freed_within_the_settle_time_is_no_leak() {
        assertThat(SERVER.run(FreedLate.class, TtMemoryCheckSettings.SETTLE, "20s")
                        .failed())
                .isEmpty();
    }

    private static AllocationClient client() {
        return PrivateServer.client();
    }
}
