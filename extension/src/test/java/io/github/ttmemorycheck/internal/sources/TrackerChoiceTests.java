package io.github.ttmemorycheck.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ttmemorycheck.internal.attach.ServerTracker;
import io.github.ttmemorycheck.internal.attach.ThirdPartyFake;
import io.github.ttmemorycheck.internal.process.ProcessTree;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.settings.ProcessScope;
import io.github.ttmemorycheck.internal.settings.TrackerKind;
import io.github.ttmemorycheck.internal.settings.TrackerSettings;
import io.github.ttmemorycheck.internal.sharedmemory.WrittenRegion;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.TrackerException;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TrackerChoiceTests {

    private static final int SELF = (int) ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private Path socket() {
        return directory.resolve("s");
    }

    private TrackerChoice choice(TrackerKind kind, Optional<String> command, ProcessScope processes, Path socket)
            throws IOException {
        Path regions = Files.createDirectories(directory.resolve("shm"));
        return new TrackerChoice(
                new TrackerSettings(Set.of(kind), socket, command, Optional.empty(), regions, Set.of(), processes),
                new ProcessTree(),
                List::of);
    }

    private TrackerChoice.Chosen open(TrackerKind kind, Path socket) throws IOException {
        return choice(kind, Optional.empty(), ProcessScope.ALL, socket).open();
    }

    /** Whoever is chosen is held against the devices. */
    private static MemoryTracker others(TrackerChoice.Chosen chosen) {
        return ((AllocatorTracker) chosen.tracker()).whole();
    }

    @Test
    void with_nobody_there_auto_serves_by_itself_and_watches_the_regions_too() throws IOException {
        TrackerChoice.Chosen chosen = open(TrackerKind.AUTO, socket());
        try (EmbeddedTracker server = EmbeddedTracker.running(socket()).orElseThrow()) {
            assertThat(chosen.tracker().description()).isEqualTo(server.description());
            assertThat(chosen.reason()).isEqualTo("nobody listens there");
            assertThat(open(TrackerKind.AUTO, socket()).reason()).isEqualTo("this JVM serves there already");
            assertThat(others(open(TrackerKind.SERVER, socket()))).isSameAs(server);

            WrittenRegion.create(directory.resolve("shm"), "5", 3)
                    .attach(0, SELF, "")
                    .hold(0, 1024);
            assertThat(chosen.tracker().snapshot().allocated(3, MemoryKind.DRAM))
                    .isEqualTo(1024);
            assertThat(chosen.tracker().description())
                    .isEqualTo("shared-memory tracker, " + directory.resolve("shm") + ", 1 device");
            TrackerChoice.close(chosen.tracker());
        }
    }

    @Test
    void what_is_named_is_needed_and_what_is_not_named_is_not_asked() throws IOException {
        TrackerSettings both = choice(TrackerKind.EMBEDDED, Optional.empty(), ProcessScope.ALL, socket())
                .settings();
        TrackerSettings lost = new TrackerSettings(
                Set.of(TrackerKind.EMBEDDED, TrackerKind.SHM),
                socket(),
                Optional.empty(),
                Optional.empty(),
                directory.resolve("none"),
                Set.of(),
                ProcessScope.ALL);
        assertThat(catchThrowableOfType(
                        TrackerException.class, () -> new TrackerChoice(lost, new ProcessTree(), List::of).open()))
                .hasMessageContaining(directory.resolve("none") + " cannot be listed");
        try (EmbeddedTracker server =
                (EmbeddedTracker) others(new TrackerChoice(both, new ProcessTree(), List::of).open())) {
            WrittenRegion.create(directory.resolve("shm"), "5", 3)
                    .attach(0, SELF, "")
                    .hold(0, 1024);
            assertThat(server.snapshot().totals().isZero()).isTrue();
        }
    }

    @Test
    void auto_goes_on_without_regions_and_without_a_socket_and_not_without_both() throws IOException {
        TrackerSettings regionsLost = new TrackerSettings(
                Set.of(TrackerKind.AUTO),
                socket(),
                Optional.empty(),
                Optional.empty(),
                directory.resolve("none"),
                Set.of(),
                ProcessScope.ALL);
        TrackerChoice.Chosen served = new TrackerChoice(regionsLost, new ProcessTree(), List::of).open();
        try (EmbeddedTracker server = EmbeddedTracker.running(socket()).orElseThrow()) {
            assertThat(served.tracker().description())
                    .isEqualTo(server.description() + "; without the regions of " + directory.resolve("none")
                            + ", as the log says");
        }

        Path nowhere = directory.resolve("none").resolve("s");
        TrackerChoice.Chosen watched = open(TrackerKind.AUTO, nowhere);
        assertThat(watched.reason()).isEqualTo("no other source could be opened");
        MemoryTracker.Mark mark = watched.tracker().mark();
        assertThat(catchThrowableOfType(
                        TrackerException.class, () -> watched.tracker().since(mark)))
                .describedAs("nothing was seen, and who might have seen something is not there")
                .hasMessageContaining(nowhere.toString());
        WrittenRegion.create(directory.resolve("shm"), "5", 3)
                .attach(0, SELF, "")
                .hold(0, 1024);
        assertThat(watched.tracker().since(mark).left(3, MemoryKind.DRAM)).isEqualTo(1024);
        TrackerChoice.close(watched.tracker());
    }

    @Test
    void what_sources_that_are_not_there_could_add_is_known_unless_they_are_named() throws IOException {
        TrackerChoice.Chosen chosen = open(TrackerKind.AUTO, socket());
        try (EmbeddedTracker server = EmbeddedTracker.running(socket()).orElseThrow()) {
            assertThat(server.description()).isNotEmpty();
            WrittenRegion.create(directory.resolve("shm"), "5", 3)
                    .attach(0, SELF, "")
                    .hold(0, 1024);
            assertThat(chosen.tracker().snapshot().allocated(3, MemoryKind.DRAM))
                    .isEqualTo(1024);

            assertThat(chosen.tracker().absent())
                    .containsExactly(
                            "no device lists its buffers, TtDevice.allocatedBuffers(): what is neither reported to a"
                                    + " server nor written to a region cannot be seen",
                            "nobody reports to the socket " + socket()
                                    + ": with a runtime that does, each buffer would be named with its process");
            assertThat(open(TrackerKind.EMBEDDED, socket()).tracker().absent()).isEmpty();
            TrackerChoice.close(chosen.tracker());
        }
    }

    @Test
    void a_third_party_server_is_used_by_auto_and_refused_by_embedded() throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, Generation.G1)) {
            TrackerChoice.Chosen chosen = open(TrackerKind.AUTO, fake.socket());
            assertThat(chosen.tracker().description()).startsWith("third-party allocation server tracker");
            assertThat(chosen.reason()).isEqualTo("a server listens there");
            TrackerChoice.close(chosen.tracker());

            TrackerException taken =
                    catchThrowableOfType(TrackerException.class, () -> open(TrackerKind.EMBEDDED, fake.socket()));
            assertThat(taken)
                    .hasMessageContaining(fake.socket().toString())
                    .hasMessageContaining(
                            "another server listens there (pid " + fake.server().pid() + " ")
                    .hasMessageContaining("tt.memory.check.tracker=server");
            assertThat(fake.server().process().isAlive()).isTrue();
            assertThat(fake.faults()).isEmpty();
        }
    }

    /** Where these tests cannot start a process as somebody else nobody listens, and this JVM serves. */
    @Test
    void a_server_of_another_user_is_named_and_decides_nothing() throws Exception {
        Path socket = Files.createDirectory(directory.resolve("open")).resolve("s");
        String program = "import os, socket; s = socket.socket(socket.AF_UNIX); s.bind('" + socket + "'); s.listen(9);"
                + " os.setuid(4711); s.listen(9); print('listening', flush=True); os.read(0, 1)";
        try (Child stranger = Child.run(directory.resolve("errors").toFile(), List.of("python3", "-c", program))) {
            boolean listens = stranger.readLine().equals("listening");
            Files.deleteIfExists(listens ? directory.resolve("none") : socket);
            TrackerChoice.Chosen chosen = open(TrackerKind.AUTO, socket);
            MemoryTracker memory = chosen.tracker();
            assertThat(memory.since(memory.mark()).isClean()).isTrue();
            if (listens) {
                assertThat(memory.description())
                        .endsWith("no devices; without the socket " + socket + ", as the log says");
                assertThat(catchThrowableOfType(TrackerException.class, () -> open(TrackerKind.SERVER, socket)))
                        .hasMessageContaining("another user's")
                        .hasMessageContaining("user 4711");
            } else {
                assertThat(memory.description()).isEqualTo("embedded tracker, " + socket);
            }
            TrackerChoice.close(memory);
        }
    }

    @Test
    void another_jvms_server_is_used_whichever_is_set() throws Exception {
        try (Child jvm = Child.java(
                directory.resolve("errors"), List.of(), AllocationServer.class, "--socket", socket().toString())) {
            assertThat(jvm.readLine()).startsWith("listening");
            for (TrackerKind kind : List.of(TrackerKind.AUTO, TrackerKind.EMBEDDED, TrackerKind.SERVER)) {
                TrackerChoice.Chosen chosen = open(kind, socket());
                assertThat(chosen.tracker().knowsBuffers()).isTrue();
                assertThat(chosen.tracker().description())
                        .startsWith("attached allocation server tracker, " + socket() + ", AllocationServer of pid "
                                + jvm.pid());
                TrackerChoice.close(chosen.tracker());
            }
        }
    }

    @Test
    void a_command_starts_a_server_where_nobody_listens() throws Exception {
        String command = "exec " + ThirdPartyFake.shell(socket(), Generation.G1);
        TrackerChoice.Chosen chosen = choice(TrackerKind.AUTO, Optional.of(command), ProcessScope.ALL, socket())
                .open();
        assertThat(chosen.reason()).isEqualTo("tt.memory.check.server.command is set");
        assertThat(chosen.tracker().description()).endsWith("started by this run, its output read");
        TrackerChoice.close(chosen.tracker());
        assertThat(ServerTracker.isListening(socket())).isFalse();
    }

    @Test
    void set_to_server_with_nobody_there_is_an_error() {
        assertThat(catchThrowableOfType(TrackerException.class, () -> open(TrackerKind.SERVER, socket()))
                        .reason())
                .isEqualTo("no allocation server answers");
    }

    @Test
    void a_tree_of_processes_needs_a_tracker_that_knows_them() throws Exception {
        try (ThirdPartyFake fake = ThirdPartyFake.start(directory, Generation.G1)) {
            TrackerException blind = catchThrowableOfType(
                    TrackerException.class,
                    () -> choice(TrackerKind.AUTO, Optional.empty(), ProcessScope.TREE, fake.socket())
                            .open());
            assertThat(blind.reason()).isEqualTo("the server does not know whose memory it is");
        }
    }
}
