package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.attach.ThirdPartyFake;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Events;
import io.github.ttmemorycheck.internal.server.Reporter;
import io.github.ttmemorycheck.internal.server.TestClient;
import io.github.ttmemorycheck.internal.sharedmemory.WrittenRegion;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whose memory is judged, and how messages name the processes: real ones, which allocate only when the running test
 * tells them to.
 */
@Timeout(120)
class ProcessTreeTests {

    private static final int LENGTH = 112;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    @TempDir
    Path directory;

    private interface Step {
        void run() throws Exception;
    }

    private static @Nullable Step step;

    @TtMemoryCheck
    static class WithProcess {
        @Test
        void lets_it_work() throws Exception {
            Objects.requireNonNull(step).run();
        }
    }

    private static FixtureRun run(Step during, String... settings) {
        step = during;
        try {
            return SERVER.run(WithProcess.class, settings);
        } finally {
            step = null;
        }
    }

    private Reporter child() throws IOException {
        return Reporter.child(directory, SERVER.server().socket(), LENGTH);
    }

    private static String leak(FixtureRun run) {
        return String.valueOf(run.of("lets_it_work()").leak().getMessage()).replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "tree", "all"})
    void a_child_that_holds_memory_fails_the_test_and_is_named_as_ours(String processes) throws Exception {
        try (Reporter child = child()) {
            assertThat(leak(run(() -> child.tell("hold 8192"), TtMemoryCheckSettings.PROCESSES, processes)))
                    .startsWith("ProcessTreeTests.WithProcess.lets_it_work() left 8 KiB of DRAM on device 2")
                    .containsPattern("8 KiB .*of pid " + child.pid() + " java [^#]*\\(ours\\)");
        }
    }

    @Test
    void a_process_that_started_later_is_judged_but_where_the_tree_alone_is() throws Exception {
        try (Reporter orphan = Reporter.orphan(directory, SERVER.server().socket(), LENGTH)) {
            for (String processes : List.of("run", "all")) {
                assertThat(leak(run(() -> orphan.tell("hold 8192"), TtMemoryCheckSettings.PROCESSES, processes)))
                        .startsWith("ProcessTreeTests.WithProcess.lets_it_work() left 8 KiB of DRAM on device 2")
                        .containsPattern(
                                "8 KiB .*of pid " + orphan.pid() + " java [^#]*\\(started during this test run\\)");
            }
            assertThat(run(() -> orphan.tell("hold 8192"), TtMemoryCheckSettings.PROCESSES, "tree")
                            .failed())
                    .isEmpty();
        }
    }

    /** The process that started this JVM is older than it, and reports nothing itself: this JVM does so for it. */
    @Test
    void a_process_that_was_there_before_is_named_and_judged_only_where_all_are() throws Exception {
        int older = (int) ProcessHandle.current().parent().orElseThrow().pid();
        try (TestClient client = new TestClient(SERVER.server().socket(), Generation.G2)) {
            Step both = () -> {
                client.send(Events.alloc(3, DRAM, 0x5000, 1 << 20, older));
                PrivateServer.client().allocate(0, DRAM, 0x9000, 1024);
            };
            String message = leak(run(both));
            assertThat(message)
                    .startsWith("ProcessTreeTests.WithProcess.lets_it_work() left 1 KiB of DRAM on device 0 ")
                    .containsPattern("note: pid " + older
                            + " .* holds 1 MiB of DRAM on device 3 more than before; it is not of this test run");
            client.send(Events.alloc(3, DRAM, 0x5000, 1 << 20, older));
            Step other = () -> client.send(Events.alloc(3, DRAM, 0x6000, 8192, older));
            assertThat(run(other).failed()).isEmpty();
            assertThat(leak(run(other, TtMemoryCheckSettings.PROCESSES, "all")))
                    .contains("left 8 KiB of DRAM on device 3");
        }
    }

    @TtMemoryCheck
    static class Repeated {
        @RepeatedTest(4)
        void lets_it_work_again() throws Exception {
            Objects.requireNonNull(step).run();
        }
    }

    @Test
    void what_others_add_at_each_repetition_is_no_growth() throws Exception {
        int older = (int) ProcessHandle.current().parent().orElseThrow().pid();
        AtomicLong address = new AtomicLong(0x10000);
        try (TestClient client = new TestClient(SERVER.server().socket(), Generation.G2)) {
            step = () -> client.send(Events.alloc(3, DRAM, address.addAndGet(0x1000), 4096, older));
            assertThat(SERVER.run(Repeated.class).failed()).isEmpty();
            assertThat(SERVER.run(Repeated.class, TtMemoryCheckSettings.PROCESSES, "all")
                            .failed())
                    .isNotEmpty();
        } finally {
            step = null;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "tree", "all"})
    void what_a_child_held_that_died_is_no_leak(String processes) throws Exception {
        try (Reporter child = child()) {
            Step dies = () -> {
                child.tell("hold 8192");
                child.kill();
            };
            assertThat(run(dies, TtMemoryCheckSettings.PROCESSES, processes).failed())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "tree", "all"})
    void a_child_that_frees_late_is_waited_for(String processes) throws Exception {
        try (Reporter child = child()) {
            Step late = () -> {
                child.tell("hold 8192");
                child.tell("free-late 100");
            };
            String[] patient = {TtMemoryCheckSettings.PROCESSES, processes, TtMemoryCheckSettings.SETTLE, "30s"};
            assertThat(run(late, patient).failed()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "tree", "all"})
    void a_child_that_floods_hides_no_leak(String processes) throws Exception {
        try (Reporter child = child()) {
            Step floods = () -> {
                child.tell("flood 20000");
                child.tell("hold 8192");
                child.tell("flood 20000");
            };
            assertThat(leak(run(floods, TtMemoryCheckSettings.PROCESSES, processes)))
                    .startsWith("ProcessTreeTests.WithProcess.lets_it_work() left 8 KiB of DRAM on device 2");
        }
    }

    /** Where it must not matter which server the child reports to. */
    @ParameterizedTest
    @EnumSource(names = {"G2", "G4"})
    void with_a_third_party_server_a_child_may_be_late_and_die_and_flood(Generation generation) throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, generation);
                Reporter child = Reporter.child(directory, fake.socket(), generation.length());
                Reporter mortal = Reporter.child(directory, fake.socket(), generation.length())) {
            fake.drain();
            String socket = fake.socket().toString();
            Step late = () -> {
                child.tell("hold 8192");
                child.tell("free-late 100");
            };
            assertThat(run(late, TtMemoryCheckSettings.SOCKET, socket, TtMemoryCheckSettings.SETTLE, "30s")
                            .failed())
                    .isEmpty();
            Step dies = () -> {
                mortal.tell("hold 8192");
                mortal.kill();
            };
            assertThat(run(dies, TtMemoryCheckSettings.SOCKET, socket).failed()).isEmpty();
            Step floods = () -> {
                child.tell("flood 2000");
                child.tell("hold 8192");
                child.tell("flood 2000");
            };
            assertThat(leak(run(floods, TtMemoryCheckSettings.SOCKET, socket)))
                    .contains(" left 8 KiB of DRAM on device 2");
            assertThat(fake.faults()).isEmpty();
        }
    }

    @Test
    void with_another_jvms_server_the_tree_is_that_of_the_tests() throws Exception {
        Path socket = directory.resolve("s");
        try (Child jvm = Child.java(
                directory.resolve("errors"), List.of(), AllocationServer.class, "--socket", socket.toString())) {
            assertThat(jvm.readLine()).startsWith("listening");
            String[] tree = {TtMemoryCheckSettings.SOCKET, socket.toString(), TtMemoryCheckSettings.PROCESSES, "tree"};
            try (Reporter child = Reporter.child(directory, socket, LENGTH);
                    Reporter orphan = Reporter.orphan(directory, socket, LENGTH)) {
                assertThat(run(() -> orphan.tell("hold 8192"), tree).failed()).isEmpty();
                orphan.kill();
                assertThat(leak(run(() -> child.tell("hold 4096"), tree)))
                        .contains(" left 4 KiB of DRAM on device 2")
                        .contains("(ours)");
            }
        }
    }

    @Test
    void with_regions_the_tree_is_that_of_the_tests_too() throws Exception {
        Path regions = Files.createDirectories(directory.resolve("shm"));
        WrittenRegion region = WrittenRegion.create(regions, "5", 2);
        String[] shm = {TtMemoryCheckSettings.TRACKER, "shm", TtMemoryCheckSettings.SHM_DIRECTORY, regions.toString()};
        String[] tree = {shm[0], shm[1], shm[2], shm[3], TtMemoryCheckSettings.PROCESSES, "tree"};
        try (Reporter child = child();
                Reporter orphan = Reporter.orphan(directory, SERVER.server().socket(), LENGTH)) {
            region.attach(0, (int) child.pid(), "x").attach(1, (int) orphan.pid(), "y");
            assertThat(run(() -> region.hold(1, 8192), tree).failed()).isEmpty();
            assertThat(leak(run(() -> region.hold(1, 16384), shm)))
                    .contains(" left 8 KiB of DRAM on device 2")
                    .contains("pid " + orphan.pid() + " ")
                    .contains("(started during this test run)");
            long older = ProcessHandle.current().parent().orElseThrow().pid();
            region.attach(2, (int) older, "z");
            assertThat(run(() -> region.hold(2, 8192), shm).failed()).isEmpty();
            Step both = () -> {
                region.hold(2, 16384);
                region.hold(0, 1024);
            };
            assertThat(leak(run(both, shm)))
                    .contains(" left 1 KiB of DRAM on device 2")
                    .containsPattern("note: pid " + older
                            + " .* holds 8 KiB of DRAM on device 2 more than before; it is" + " not of this test run");
            region.hold(0, 0);
            assertThat(leak(run(() -> region.hold(0, 4096), tree)))
                    .contains(" left 4 KiB of DRAM on device 2")
                    .contains("pid " + child.pid() + " ")
                    .contains("(ours)");
            Step dies = () -> {
                region.hold(0, 1 << 20);
                child.kill();
            };
            assertThat(run(dies, tree).failed()).isEmpty();
        }
    }

    @Test
    void regions_in_which_nothing_happens_are_said_to_be_idle() throws Exception {
        Path regions = Files.createDirectories(directory.resolve("shm"));
        FixtureRun idle = run(
                () -> {},
                TtMemoryCheckSettings.TRACKER,
                "shm",
                TtMemoryCheckSettings.SHM_DIRECTORY,
                regions.toString(),
                TtMemoryCheckSettings.IDLE,
                "fail");
        Throwable warned = idle.of("ProcessTreeTests$WithProcess").throwable().orElseThrow();
        String message = String.valueOf(warned.getMessage()).replaceAll("\\s+", " ");
        assertThat(message)
                .contains("the runtime writes a region to " + regions + " when it first allocates, and there is none")
                .contains("shared-memory tracker, " + regions + ", no devices")
                .doesNotContain("TT_ALLOC_TRACKING_ENABLED");
    }

    @TtMemoryCheck
    static class OwnMemory {
        @Test
        void leaks() {
            PrivateServer.client().allocate(0, DRAM, 0x9000, 1024);
        }
    }

    @Test
    void this_jvm_belongs_to_the_tree() {
        assertThat(SERVER.run(OwnMemory.class, TtMemoryCheckSettings.PROCESSES, "tree")
                        .failed())
                .containsExactly("leaks()");
    }
}
