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
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.TrackerException;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TrackerChoiceTests {

    @TempDir
    Path directory;

    private Path socket() {
        return directory.resolve("s");
    }

    private TrackerChoice choice(TrackerKind kind, Optional<String> command, ProcessScope processes, Path socket)
            throws IOException {
        Path regions = Files.createDirectories(directory.resolve("shm"));
        return new TrackerChoice(
                new TrackerSettings(kind, socket, command, Optional.empty(), regions, Set.of(), processes),
                new ProcessTree(),
                Map.of());
    }

    private TrackerChoice.Chosen open(TrackerKind kind, Path socket) throws IOException {
        return choice(kind, Optional.empty(), ProcessScope.ALL, socket).open();
    }

    @Test
    void with_nobody_there_auto_serves_by_itself() throws IOException {
        TrackerChoice.Chosen chosen = open(TrackerKind.AUTO, socket());
        try (EmbeddedTracker server = EmbeddedTracker.running(socket()).orElseThrow()) {
            assertThat(chosen.tracker()).isSameAs(server);
            assertThat(chosen.reason())
                    .isEqualTo(
                            "nobody listens there, and no living process has a region in " + directory.resolve("shm"));
            assertThat(open(TrackerKind.AUTO, socket()).tracker()).isSameAs(server);
            assertThat(open(TrackerKind.SERVER, socket()).tracker()).isSameAs(server);
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

    @Test
    void another_jvms_server_is_used_whichever_is_set() throws Exception {
        try (Child jvm = Child.java(
                directory.resolve("errors"), List.of(), AllocationServer.class, "--socket", socket().toString())) {
            assertThat(jvm.readLine()).startsWith("listening");
            for (TrackerKind kind : List.of(TrackerKind.AUTO, TrackerKind.EMBEDDED, TrackerKind.SERVER)) {
                TrackerChoice.Chosen chosen = open(kind, socket());
                assertThat(chosen.tracker()).isInstanceOf(ServerTracker.class);
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
            assertThat(blind.reason()).isEqualTo("the server cannot tell whose memory it is");
        }
    }
}
