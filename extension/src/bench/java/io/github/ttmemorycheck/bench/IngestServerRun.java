package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Serves in a process of its own; says for each line of input how many events it has booked, once all that was sent is.
 */
final class IngestServerRun {

    private IngestServerRun() {}

    /** Takes the path of the socket. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (EmbeddedTracker server = EmbeddedTracker.start(Path.of(arguments[0]))) {
            System.out.println("listening");
            while (in.readLine() != null) {
                System.out.println(server.activity());
            }
        }
    }
}
