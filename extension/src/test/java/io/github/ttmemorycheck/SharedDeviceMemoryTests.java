package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.PrivateServer.client;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ttmemorycheck.internal.server.Reporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Memory that outlives tests by design. */
@Timeout(60)
class SharedDeviceMemoryTests {

    private static final long MIB = 1024 * 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TtMemoryCheck
    static class Singleton {

        @Test
        void a_loads_it() {
            try (SharedDeviceMemory shared = SharedDeviceMemory.open("llama weights")) {
                assertThat(shared).isNotNull();
                client().allocate(0, DRAM, 0x1000_0000, 14 * MIB);
            }
        }

        @Test
        void b_uses_it() {
            client().allocate(0, DRAM, 0x2000_0000, MIB);
            client().free(0, 0x2000_0000);
        }

        @Test
        void c_leaks_beside_it() {
            client().allocate(0, DRAM, 0x3000_0000, MIB);
        }
    }

    @Test
    void what_is_allocated_in_a_scope_is_charged_to_nobody_and_listed_by_name() throws IOException {
        FixtureRun run = SERVER.launch(
                Singleton.class,
                TtMemoryCheckSettings.REPORT_DIRECTORY,
                SERVER.directory().resolve("shared").toString());

        assertThat(run.charges())
                .containsExactly(
                        "SharedDeviceMemoryTests.Singleton.c_leaks_beside_it() left 1024 KiB of DRAM on device 0");
        assertThat(Files.readString(SERVER.directory().resolve("shared").resolve("report.json")))
                .contains("shared memory 'llama weights'");
    }

    @TtMemoryCheck
    static class OpenedBefore {

        @Test
        void a_allocates_while_it_is_open() {
            client().allocate(0, DRAM, 0x1000_0000, 14 * MIB);
        }
    }

    @Test
    void a_scope_may_be_open_before_a_run_begins_and_while_a_test_is_judged() {
        try (SharedDeviceMemory shared = SharedDeviceMemory.open("session")) {
            assertThat(shared).isNotNull();
            assertThat(SERVER.run(OpenedBefore.class).failed()).isEmpty();
        }
        assertThat(SERVER.run(OpenedBefore.class).failed()).isNotEmpty();
    }

    private static @Nullable Reporter worker;

    private static void tellWorker(String command) {
        try {
            Objects.requireNonNull(worker).tell(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TtMemoryCheck
    static class SessionOfAWorker {

        @Test
        void a_opens_it() {
            try (SharedDeviceMemory shared = SharedDeviceMemory.open("session")) {
                assertThat(shared).isNotNull();
                tellWorker("hold 8192");
            }
        }

        @Test
        void b_leaks_beside_it() {
            client().allocate(0, DRAM, 0x3000_0000, MIB);
        }
    }

    /** A binding's device is often held by a process that it started. */
    @Test
    void what_a_process_that_this_jvm_started_allocates_in_a_scope_is_shared_as_well(@TempDir Path directory)
            throws IOException {
        try (Reporter child = Reporter.child(directory, SERVER.server().socket(), 112)) {
            worker = child;
            FixtureRun run =
                    SERVER.launch(SessionOfAWorker.class, TtMemoryCheckSettings.REPORT_DIRECTORY, directory.toString());

            assertThat(run.charges())
                    .containsExactly("SharedDeviceMemoryTests.SessionOfAWorker.b_leaks_beside_it()"
                            + " left 1024 KiB of DRAM on device 0");
            assertThat(Files.readString(directory.resolve("report.json"))).contains("shared memory 'session'");
        } finally {
            worker = null;
        }
    }

    @Test
    void it_needs_a_name() {
        assertThatIllegalArgumentException().isThrownBy(() -> SharedDeviceMemory.open(" "));
    }
}
