package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks a server for dumps and reads them from its output. After two requests in vain it asks no more: then the output
 * is buffered, or another server's. Thread-safe.
 */
final class DumpWatch {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MOST_IN_VAIN = 2;

    private final Path socket;
    private final ServerOutput output;
    private int inVain;

    DumpWatch(Path socket, ServerOutput output) {
        this.socket = socket;
        this.output = output;
    }

    /** Says where the output is read, and what is wrong with it. */
    synchronized String description() {
        return output.description() + (inVain < MOST_IN_VAIN ? "" : ", in which no dump appeared within 1 s");
    }

    /** Returns a dump printed after this call, or empty when none came. */
    synchronized Optional<ParsedDump> request() throws IOException {
        if (inVain >= MOST_IN_VAIN) {
            return Optional.empty();
        }
        output.takeLines();
        DumpParser parser = new DumpParser();
        ServerProbe.requestDump(socket, PATIENCE_NANOS);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() - deadline < 0) {
            for (String line : output.takeLines()) {
                Optional<ParsedDump> dump = parser.line(line);
                if (dump.isPresent()) {
                    inVain = 0;
                    return dump;
                }
            }
            Waiting.nanos(POLL_NANOS);
        }
        inVain++;
        return Optional.empty();
    }
}
