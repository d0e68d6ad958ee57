package io.github.ttmemorycheck.tracker;

import io.github.ttmemorycheck.internal.attach.ServerTracker;
import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.wire.TrackerSocket;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** {@link AllocationServer} as a program. */
final class ServerProgram {

    static final int FAILED = 1;
    static final int BAD_ARGUMENT = 2;

    private static final String USAGE = "usage: AllocationServer [--socket PATH] [--monitor]\n"
            + "Listens where a Tenstorrent runtime reports its allocations (TT_ALLOC_TRACKING_ENABLED=1), by"
            + " default at\n"
            + TrackerSocket.DEFAULT + ", until SIGTERM or SIGINT ends it.\n"
            + "--monitor prints the totals of each device twice a second; where a server listens already, those"
            + " of that one.\n";

    private final PrintStream out;
    private final PrintStream err;

    ServerProgram(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(List<String> arguments) {
        Path socket = TrackerSocket.DEFAULT;
        boolean monitor = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            if (argument.equals("--help")) {
                out.print(USAGE);
                return 0;
            } else if (argument.equals("--monitor")) {
                monitor = true;
            } else if (argument.equals("--socket") && !rest.hasNext()) {
                return bad("--socket needs a path behind it");
            } else if (argument.equals("--socket") || argument.startsWith("--socket=")) {
                String path = argument.equals("--socket") ? rest.next() : argument.substring("--socket=".length());
                if (path.isBlank()) {
                    return bad("--socket takes a path, not an empty text");
                }
                try {
                    socket = Path.of(path);
                } catch (InvalidPathException e) {
                    return bad("--socket takes a path, not '" + path + "': " + e.getReason());
                }
            } else {
                return bad("there is no argument '" + argument + "'");
            }
        }
        return run(socket, monitor);
    }

    private int bad(String why) {
        err.println(why + "; allowed are --socket PATH, --monitor and --help");
        return BAD_ARGUMENT;
    }

    private int run(Path socket, boolean monitor) {
        try {
            return monitor && ServerTracker.isListening(socket) ? watch(socket) : serve(socket, monitor);
        } catch (TrackerException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private int watch(Path socket) {
        try (ServerTracker server = ServerTracker.attach(socket)) {
            out.println("watching the " + server.description());
            monitor(server);
            return 0;
        }
    }

    private int serve(Path socket, boolean monitor) throws InterruptedException {
        try (EmbeddedTracker server = EmbeddedTracker.start(socket, "name another path with --socket")) {
            out.println("listening at " + server.socket());
            out.flush();
            if (monitor) {
                Thread printing = new Thread(() -> print(server), "tt-allocation-monitor");
                printing.setDaemon(true);
                printing.start();
            }
            Throwable failure = server.awaitEnd();
            if (failure != null) {
                err.println("the allocation server at " + server.socket() + " ended by itself: " + failure);
                return FAILED;
            }
            return 0;
        }
    }

    private void print(EmbeddedTracker server) {
        try {
            monitor(server);
        } catch (TrackerException closed) {
            if (server.isServing()) {
                err.println(closed.getMessage());
            }
        }
    }

    private void monitor(MemoryTracker tracker) {
        new TotalsMonitor(tracker, out, isTerminal(), System.nanoTime()).run();
    }

    /** The JDK's console has different opinions in different versions. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(
                            ProcFiles.ofThisSystem().ownDescriptors().resolve("1"))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
