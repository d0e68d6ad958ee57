package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Finds out who listens at a socket, for a message. */
final class SocketOwner {

    private static final int TIMEOUT_MILLIS = 500;

    private SocketOwner() {}

    /** Returns the process that listens, as far as it can be found out. */
    static String of(Path path) {
        try (AFUNIXSocket socket = AFUNIXSocket.newInstance()) {
            // Before connecting: only so does it bound the connecting too.
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(AFUNIXSocketAddress.of(path));
            long pid = socket.getPeerCredentials().getPid();
            String command = ProcFiles.ofThisSystem().command(pid);
            return "pid " + pid + (command.isEmpty() ? "" : " " + command);
        } catch (IOException | RuntimeException | LinkageError e) {
            return "its process is not known: " + e.getMessage();
        }
    }
}
