package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A JVM that serves until its input ends; then it ends, with its server open unless it is told to close it. */
final class ServingProgram {

    private ServingProgram() {}

    public static void main(String[] arguments) throws IOException {
        AllocationServer server = AllocationServer.start(Path.of(arguments[0]));
        new FileOutputStream(FileDescriptor.out).write("serving\n".getBytes(StandardCharsets.UTF_8));
        int read = System.in.read();
        if (read == 'c') {
            server.close();
        }
    }
}
