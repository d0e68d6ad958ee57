package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.socket.DescriptorSocket;
import io.github.ttmemorycheck.internal.text.Wording;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands a server over to {@link Keeper}, a program of its own, when its JVM ends and other processes still use it:
 * another JVM of tests would lose its marks, and a native client would be ended by SIGPIPE.
 *
 * <p>The server serves until the program is there. Then it stops, between two messages or within one, and sends what it
 * has open, its socket and the connections, and all that it knows. What clients send meanwhile waits in their sockets,
 * which stay the same, so that nobody notices. Where anything fails, the program is ended and the server is closed, as
 * if nobody used it.
 */
final class Handover {

    private Handover() {}

    /** Ends a server, or hands it over where other processes are connected. */
    static void end(AllocationService service) {
        List<String> others = service.closeUnlessUsed();
        if (others.isEmpty()) {
            return;
        }
        String users = Wording.list(others);
        try {
            if (!service.socketFile().sockets().canBeHandedOver()) {
                throw new IOException("junixsocket's native library is not loaded");
            }
            long buffers = service.locked(() -> service.book().registry().size());
            try (KeeperProcess keeper = KeeperProcess.start(service.socket(), buffers)) {
                try (DescriptorSocket to = keeper.meet()) {
                    send(service, to);
                    service.leave();
                    keeper.stays();
                }
                ServerLog.log()
                        .info("the allocation server at " + service.socket() + " goes on as pid " + keeper.processId()
                                + " while others are connected: " + users + "; what it has to say it writes to "
                                + keeper.log());
            }
        } catch (IOException | RuntimeException | LinkageError | ClassNotFoundException e) {
            ServerLog.log()
                    .warn(
                            "the allocation server at " + service.socket() + " ends with its JVM although others are"
                                    + " connected (" + users + "), since it could not be handed over; what they leave"
                                    + " cannot be told any more, and native clients end by SIGPIPE at their next event",
                            e);
            service.close();
        }
    }

    /** Stops a server, and sends it; returns when the other side serves. */
    static void send(AllocationService service, DescriptorSocket to) throws IOException {
        if (to.input().read() < 0) {
            throw new IOException("it ended before it was ready");
        }
        long start = System.nanoTime();
        if (!service.freeze()) {
            throw new IOException("its thread did not stop");
        }
        service.locked(() -> {
            service.connections().pause();
            return true;
        });
        SocketFile socket = service.socketFile();
        List<Channel> files = new ArrayList<>();
        files.add(socket.listener());
        files.addAll(service.locked(() -> service.connections().channels()));
        DataOutputStream plain = new DataOutputStream(to.output());
        plain.writeInt(files.size());
        to.send(files);
        StateWriter out = new StateWriter(new BufferedOutputStream(to.output(), 1 << 16));
        out.writeUTF(socket.path().toString());
        out.writeUTF(socket.bound().toString());
        out.writeUTF(socket.otherPath());
        service.locked(() -> write(service, out));
        out.flush();
        if (to.input().read() < 0) {
            throw new IOException("it ended without taking over");
        }
        long took = System.nanoTime() - start;
        ServerLog.log().debug(() -> "handing over took " + Wording.time(took));
    }

    /** Returns null, as work with the lock taken returns something. */
    private static Void write(AllocationService service, StateWriter out) {
        try {
            service.book().write(out, service.connections().marked());
            service.connections().write(out);
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
