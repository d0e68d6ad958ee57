package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.wire.Generation;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AcceptorTests {

    @TempDir
    Path directory;

    private boolean isLetIn(UserPrincipal served) throws Exception {
        EventBook book = new EventBook(ProcFiles.ofThisSystem(), moment -> {});
        try (SocketFile file = SocketFile.publish(SocketPath.of(directory.resolve("s"), "choose another path"));
                Selector selector = Selector.open();
                Arrivals arrivals = new Arrivals();
                TestClient first = new TestClient(file.path(), Generation.G1);
                TestClient second = new TestClient(file.path(), Generation.G1)) {
            Acceptor acceptor = new Acceptor(file.listener(), served, selector, arrivals, book);
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
    void clients_of_another_user_are_refused_and_the_next_ones_heard() throws Exception {
        // The other way round than in life, since a test cannot become another user: the server takes itself for
        // nobody's.
        UserPrincipal nobody =
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        assertThat(isLetIn(nobody)).isFalse();
    }

    @Test
    void clients_of_the_same_user_are_let_in() throws Exception {
        UserPrincipal self = FileSystems.getDefault()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        assertThat(isLetIn(self)).isTrue();
    }
}
