package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AllocationServiceTests {

    @TempDir
    Path directory;

    @Test
    void when_its_thread_dies_it_says_so_and_leaves_its_clients() throws Exception {
        try (AllocationService service = AllocationService.start(directory.resolve("s"));
                TestClient client = new TestClient(service.socket(), Generation.G1)) {
            Moment moment = service.mark();
            service.selector().close();
            assertThat(service.awaitEnd()).isInstanceOf(ClosedSelectorException.class);
            assertThatThrownBy(() -> service.since(moment))
                    .isInstanceOf(ServiceUnavailableException.class)
                    .hasMessage("the allocation server at " + service.socket() + " ended by itself: "
                            + "java.nio.channels.ClosedSelectorException; what was sent since is lost. Close it and"
                            + " start another")
                    .hasCauseInstanceOf(ClosedSelectorException.class);
            assertThat(service.isServing()).isFalse();
            assertThat(client.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            service.forget(moment);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void clients_that_were_never_let_in_before_belong_to_a_snapshot() throws IOException {
        try (AllocationService service = AllocationService.start(directory.resolve("s"))) {
            for (int n = 1; n <= 500; n++) {
                try (TestClient client = new TestClient(service.socket(), Generation.G1)) {
                    client.send(Events.alloc(0, MemoryKind.DRAM, n, 1));
                    assertThat(service.snapshot().allocated(MemoryKind.DRAM)).isEqualTo(n);
                }
            }
        }
    }

    @Test
    void closing_ends_the_conversations() throws IOException {
        List<TestClient> clients = new ArrayList<>();
        try {
            try (AllocationService service = AllocationService.start(directory.resolve("s"))) {
                for (int n = 0; n < 10; n++) {
                    clients.add(new TestClient(service.socket(), Generation.G2));
                    clients.get(n).query(0);
                }
            }
            for (TestClient client : clients) {
                assertThat(client.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }
}
