package consumer;

import io.github.ttmemorycheck.client.AllocationClient;
import java.nio.file.Path;

/** Reports allocations to the socket of the run, as a runtime does. */
final class Client {

    private static final AllocationClient CLIENT = AllocationClient.connect(
            Path.of(System.getProperty("tt.memory.check.socket", "/tmp/tt_allocation_server.sock")));

    private Client() {}

    static AllocationClient get() {
        return CLIENT;
    }
}
