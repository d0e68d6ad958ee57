package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.socket.ServerSockets.Peer;
import io.github.ttmemorycheck.internal.wire.Generation;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AcceptorTests {

    @TempDir
    Path directory;

    private SocketFile file;

    @BeforeEach
    void publish() throws Exception {
        file = SocketFile.publish(SocketPath.of(directory.resolve("s"), "choose another path"));
    }

    @AfterEach
    void close() throws Exception {
        file.close();
    }

    private boolean isLetIn(Predicate<Peer> served) throws Exception {
        EventBook book = new EventBook(ProcFiles.ofThisSystem(), mark -> {});
        try (Selector selector = file.sockets().openSelector();
                Arrivals arrivals = new Arrivals(file.sockets());
                TestClient first = new TestClient(file.path(), Generation.G1);
                TestClient second = new TestClient(file.path(), Generation.G1)) {
            Acceptor acceptor = new Acceptor(file, served, selector, arrivals, book);
            Connection in = acceptor.accept();
            if (in == null) {
                assertThat(first.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
                assertThat(second.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
            assertThat(book.notices().take()).as("logged once").hasSize(in == null ? 1 : 0);
            assertThat(acceptor.failure()).isNull();
            return in != null;
        }
    }

    @Test
    void clients_that_the_server_does_not_serve_are_refused_and_the_next_ones_heard() throws Exception {
        // The other way round than in life, since a test cannot become another user.
        assertThat(isLetIn(peer -> false)).isFalse();
    }

    @Test
    void clients_of_the_same_user_are_let_in() throws Exception {
        assertThat(isLetIn(file::serves)).isTrue();
    }

    @Test
    void others_are_not_served() {
        assertThat(file.serves(new Peer(1, "somebody"))).isFalse();
    }
}
