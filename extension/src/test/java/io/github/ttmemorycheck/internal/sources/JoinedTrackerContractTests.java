package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.sharedmemory.SharedMemoryTracker;
import io.github.ttmemorycheck.internal.tracker.AllocationClientContractTests;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, of a server and regions that are joined, as they are by default. */
class JoinedTrackerContractTests extends AllocationClientContractTests {

    @TempDir
    Path shm;

    private EmbeddedTracker server;
    private JoinedTracker tracker;
    private AllocationClient client;

    @BeforeEach
    void open() {
        server = EmbeddedTracker.start(socket());
        client = AllocationClient.connect(socket());
        SharedMemoryTracker regions = SharedMemoryTracker.open(shm, SharedMemoryTracker.ALL, Set.of());
        tracker = new JoinedTracker(
                List.of(new Source("the socket", server, false, ""), new Source("the regions", regions, true, "")),
                List.of());
    }

    @AfterEach
    void close() {
        client.close();
        tracker.close();
        server.close();
    }

    @Override
    protected AllocationClient client() {
        return client;
    }

    @Override
    protected MemoryTracker tracker() {
        return tracker;
    }

    @Override
    protected void makeBlind() {
        server.close();
    }
}
