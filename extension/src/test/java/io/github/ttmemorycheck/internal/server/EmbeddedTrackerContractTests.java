package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.internal.tracker.AllocationClientContractTests;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract, of the embedded tracker. */
class EmbeddedTrackerContractTests extends AllocationClientContractTests {

    private EmbeddedTracker server;
    private AllocationClient client;

    @BeforeEach
    void open() {
        server = EmbeddedTracker.start(socket());
        client = AllocationClient.connect(socket());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Override
    protected AllocationClient client() {
        return client;
    }

    @Override
    protected MemoryTracker tracker() {
        return server;
    }

    @Override
    protected void makeBlind() {
        server.close();
    }
}
