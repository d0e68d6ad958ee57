package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a server for dumps and reads them from its output. After two requests in vain it asks no more: then the output is
 * buffered, or another server's. Thread-safe.
 */
public final class DumpWatch {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MOST_IN_VAIN = 2;

    private final Path socket;
    private final ServerOutput output;
    private DumpParser parser = new DumpParser();
    private int inVain;

    /** Watches an output. */
    public DumpWatch(Path socket, ServerOutput output) {
        this.socket = socket;
        this.output = output;
    }

    /** Says where the output is read, and what is wrong with it. */
    public synchronized String description() {
        return output.description() + (inVain < MOST_IN_VAIN ? "" : ", in which no dump appeared within 1 s");
    }

    /** Returns a dump printed after this call, or empty when none came. */
    public synchronized Optional<ParsedDump> request() throws IOException {
        if (inVain >= MOST_IN_VAIN) {
            return Optional.empty();
        }
        output.takeLines();
        parser = new DumpParser();
        ServerProbe.requestDump(socket, PATIENCE_NANOS);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        boolean interrupted = false;
        try {
            while (System.nanoTime() - deadline < 0) {
                for (String line : output.takeLines()) {
                    Optional<ParsedDump> dump = parser.line(line);
                    if (dump.isPresent()) {
                        inVain = 0;
                        return dump;
                    }
                }
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(POLL_NANOS);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        inVain++;
        return Optional.empty();
    }
}
