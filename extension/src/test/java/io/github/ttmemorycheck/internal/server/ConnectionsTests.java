package io.github.ttmemorycheck.internal.server;

import static io.github.ttmemorycheck.internal.server.Events.alloc;
import static io.github.ttmemorycheck.internal.server.Events.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.File;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rounds, driven by hand. */
@Timeout(30)
class ConnectionsTests {

    @TempDir
    Path directory;

    private final EventBook book = new EventBook(ProcFiles.ofThisSystem(), mark -> {});
    private final Notices notices = book.notices();
    private SocketFile file;
    private Selector selector;
    private Arrivals arrivals;
    private Connections connections;
    private TestClient first;
    private TestClient second;

    @BeforeEach
    void connect() throws IOException {
        file = SocketFile.publish(SocketPath.of(directory.resolve("s"), "choose another path"));
        selector = file.sockets().openSelector();
        arrivals = new Arrivals(file.sockets());
        Acceptor acceptor = new Acceptor(file, file::serves, selector, arrivals, book);
        connections = new Connections(acceptor, arrivals, book);
        first = new TestClient(file.path(), Generation.G4);
        second = new TestClient(file.path(), Generation.G4);
        assertThat(connections.round()).isFalse();
        assertThat(connections.size()).isEqualTo(2);
    }

    @AfterEach
    void close() throws IOException {
        first.close();
        second.close();
        connections.closeAll();
        selector.close();
        arrivals.close();
        file.close();
    }

    @Test
    void a_question_is_answered_after_all_others_were_read_once_more() throws IOException {
        second.send(query(0));
        assertThat(connections.round()).isTrue();
        assertThat(second.available(144)).as("read, not answered").isZero();
        // The first client's connection had been read when the question was found: this must not be missed.
        first.send(alloc(0, MemoryKind.DRAM, 1, 100));
        assertThat(connections.round()).isTrue();
        assertThat(second.answer().dram()).isEqualTo(100);
        assertThat(connections.round()).isFalse();
    }

    @Test
    void what_had_come_with_a_question_is_read_once_that_is_answered() throws IOException {
        second.send(query(0), alloc(0, MemoryKind.DRAM, 1, 100), query(0));
        assertThat(connections.round()).isTrue();
        assertThat(connections.round()).isTrue();
        assertThat(second.answer().dram()).isZero();
        assertThat(connections.round()).isTrue();
        assertThat(connections.round()).isTrue();
        assertThat(second.answer().dram()).isEqualTo(100);
        assertThat(connections.round()).isFalse();
    }

    @Test
    void a_client_that_has_gone_leaves_no_file_open() throws IOException {
        selector.selectNow();
        connections.round();
        int before = files();
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(new TestClient(file.path(), Generation.G4));
        }
        connections.round();
        assertThat(connections.size()).isEqualTo(102);
        for (TestClient client : clients) {
            client.close();
        }
        connections.round();
        assertThat(connections.size()).isEqualTo(2);
        selector.selectNow();

        assertThat(files()).isLessThan(before + 50);
    }

    private static int files() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    @Test
    void a_dump_holds_what_others_had_sent_before_and_is_one_for_several() throws IOException {
        second.send(dump(), dump(), dump());
        assertThat(connections.round()).isTrue();
        assertThat(notices.take()).isEmpty();
        assertThat(connections.round()).isFalse();
        Queue<Runnable> dumped = notices.take();
        assertThat(dumped).hasSize(1);
    }

    @Test
    void a_log_that_fails_harms_nobody() {
        notices.add(() -> {
            throw new IllegalStateException("no log");
        });
        boolean[] done = new boolean[1];
        notices.add(() -> done[0] = true);
        Notices.publish(notices.take());
        assertThat(done[0]).isTrue();
    }

    private static ClientMessage dump() {
        return ClientMessage.request(MessageType.DUMP_REMAINING, 0);
    }
}
