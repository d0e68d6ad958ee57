package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.internal.tracker.AllocationClientContractTests;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.TrackerException;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract, of an {@link AllocationServer} in a process of its own. */
class PeerServerContractTests extends AllocationClientContractTests {

    private @Nullable Child server;
    private @Nullable AllocationClient client;
    private @Nullable ServerTracker tracker;

    @BeforeEach
    void open() throws IOException {
        server = Child.java(
                directory.resolve("errors"), List.of(), AllocationServer.class, "--socket", socket().toString());
        assertThat(server.readLine()).startsWith("listening");
        client = AllocationClient.connect(socket());
        tracker = ServerTracker.attach(socket());
    }

    @AfterEach
    void close() throws IOException {
        tracker().close();
        client().close();
        Objects.requireNonNull(server).close();
    }

    @Override
    protected AllocationClient client() {
        return Objects.requireNonNull(client);
    }

    @Override
    protected ServerTracker tracker() {
        return Objects.requireNonNull(tracker);
    }

    @Override
    protected void makeBlind() throws InterruptedException {
        Objects.requireNonNull(server).kill();
    }

    @Test
    void a_buffer_is_told_with_everything_that_is_known_of_it() {
        long before = System.nanoTime();
        allocate(2, MemoryKind.L1, 0x18B20, 4096);
        allocate(2, MemoryKind.L1, 0x18B20, 4096);
        DeviceBuffer buffer = tracker().snapshot().buffers().get(0);
        assertThat(buffer.refCount()).isEqualTo(2);
        assertThat(buffer.allocations()).isEqualTo(2);
        assertThat(buffer.processId()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(buffer.seenAtNanos() - before).isBetween(-50_000_000L, 10_000_000_000L);
        assertThat(tracker().snapshot().commands()).containsKey(buffer.processId());
    }

    @Test
    void more_buffers_than_a_socket_holds_are_all_told() {
        for (int n = 1; n <= 30_000; n++) {
            client().allocate(n % 8, MemoryKind.DRAM, n * 0x1000L, 64);
        }
        assertThat(tracker().snapshot().buffers()).hasSize(30_000);
    }

    @Test
    void a_server_that_stands_still_is_said_to() throws Exception {
        Objects.requireNonNull(server).stop();
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        TrackerException.class, () -> tracker().mark()))
                .satisfies(blind -> {
                    assertThat(blind.reason()).isEqualTo("the allocation server stopped answering");
                    assertThat(blind.asked())
                            .hasValueSatisfying(asked -> assertThat(asked).contains(socket().toString(), "waited"));
                });
    }

    @Test
    void marks_end_with_the_connection_that_made_them() {
        try (ServerTracker other = ServerTracker.attach(socket())) {
            other.mark();
            assertThat(tracker().mark().order()).isZero();
        }
        Eventually.isTrue("the server goes on", () -> tracker().activity() == 0);
    }
}
