package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.PeerProtocol;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerProbeTests {

    private static final int SERVED_BY = 4711;

    @TempDir
    Path directory;

    /** Answers as a server of this library does that is handed over as soon as it has said who it is. */
    private static Void serve(ServerSocketChannel server) throws IOException {
        int heard = 0;
        while (heard < 2) {
            try (SocketChannel client = server.accept()) {
                ByteBuffer message = ByteBuffer.allocate(Generation.G1.length());
                while (message.hasRemaining() && client.read(message) >= 0) {}
                if (!message.hasRemaining()) {
                    heard++;
                    client.write(ByteBuffer.wrap(heard == 1 ? new byte[Generation.G1.length()] : hello()));
                    // Until it leaves: what was sent must not be lost.
                    client.read(ByteBuffer.allocate(1));
                }
            }
        }
        return null;
    }

    private static byte[] hello() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        PeerProtocol.header(PeerProtocol.ANSWERED, Integer.BYTES + Long.BYTES, SERVED_BY, out);
        out.writeInt(PeerProtocol.VERSION);
        out.writeLong(System.nanoTime());
        out.write(PeerProtocol.patience());
        return bytes.toByteArray();
    }

    @Test
    void a_server_of_this_library_is_known_while_it_is_handed_over() throws Exception {
        Path socket = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            FutureTask<Void> serving = new FutureTask<>(() -> serve(server));
            Thread thread = new Thread(serving, "serving");
            thread.start();
            ServerIdentity identity =
                    ServerProbe.identify(socket, Duration.ofSeconds(20).toNanos());
            serving.get();
            assertThat(identity.isPeer()).isTrue();
            assertThat(identity.processId()).isEqualTo(SERVED_BY);
        }
    }
}
