package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.tracker.ForeignFake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose memory is judged, and how messages name the processes. */
@Timeout(60)
class ProcessTreeTests {

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    /** Holds memory: as a child of this JVM, or of nobody here. */
    private static Child hold(Path errors, boolean orphan) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "python3",
                ForeignFake.script().toString(),
                "hold",
                SERVER.server().socket().toString(),
                "72",
                "2",
                "0",
                Integer.toString(++address),
                "8192"));
        if (orphan) {
            command.add("orphan");
        }
        return Child.run(errors.toFile(), command);
    }

    private static int address = 4096;

    private static @Nullable Child child;

    @TtMemoryCheck
    static class WithChild {
        @Test
        void lets_a_process_hold_memory() throws IOException {
            assertThat(Objects.requireNonNull(child).readLine()).isEqualTo("held");
        }
    }

    private static FixtureRun run(boolean orphan, String processes) throws IOException {
        try (Child holder = hold(SERVER.directory().resolve("errors"), orphan)) {
            child = holder;
            return SERVER.run(WithChild.class, TtMemoryCheckSettings.PROCESSES, processes);
        } finally {
            child = null;
        }
    }

    @Test
    void a_child_that_holds_memory_fails_the_test_and_is_named_as_ours() throws Exception {
        assertThat(run(false, "tree").of("lets_a_process_hold_memory()").leak().getMessage())
                .startsWith("ProcessTreeTests.WithChild.lets_a_process_hold_memory() left 8 KiB of DRAM on device 2")
                .contains("(ours)");
    }

    @Test
    void a_process_of_somebody_else_is_named_so_and_judged_only_where_all_are() throws Exception {
        assertThat(run(true, "all").of("lets_a_process_hold_memory()").leak().getMessage())
                .contains("(not of this test run)");
        assertThat(run(true, "tree").failed()).isEmpty();
    }

    @TtMemoryCheck
    static class OwnMemory {
        @Test
        void leaks() {
            PrivateServer.client().allocate(0, DRAM, 0x9000, 1024);
        }

        @Test
        void neither() {
            try (AllocationClient other =
                    AllocationClient.connect(SERVER.server().socket())) {
                other.allocate(0, DRAM, 0xA000, 1024);
                other.free(0, 0xA000);
            }
        }
    }

    @Test
    void this_jvm_belongs_to_the_tree() {
        assertThat(SERVER.run(OwnMemory.class, TtMemoryCheckSettings.PROCESSES, "tree")
                        .failed())
                .containsExactly("leaks()");
    }
}
