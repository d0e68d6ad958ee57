package io.github.ttmemorycheck.tracker;

import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** {@link AllocationServer} as a program. */
final class ServerProgram {

    static final int FAILED = 1;
    static final int BAD_ARGUMENT = 2;

    private static final String USAGE = "usage: AllocationServer [--socket PATH]\n"
            + "Listens where a Tenstorrent runtime reports its allocations (TT_ALLOC_TRACKING_ENABLED=1), by default at\n"
            + AllocationServer.DEFAULT_SOCKET + ", until it is told to end by SIGTERM or SIGINT.\n";

    private final PrintStream out;
    private final PrintStream err;

    ServerProgram(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(List<String> arguments) {
        Path socket = AllocationServer.DEFAULT_SOCKET;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            if (argument.equals("--help")) {
                out.print(USAGE);
                return 0;
            }
            String path;
            if (argument.equals("--socket") && rest.hasNext()) {
                path = rest.next();
            } else if (argument.startsWith("--socket=")) {
                path = argument.substring("--socket=".length());
            } else if (argument.equals("--socket")) {
                return bad("--socket needs a path behind it");
            } else {
                return bad("there is no argument '" + argument + "'");
            }
            try {
                socket = Path.of(path);
            } catch (InvalidPathException e) {
                return bad("--socket takes a path, not '" + path + "': " + e.getReason());
            }
            if (path.isBlank()) {
                return bad("--socket takes a path, not an empty text");
            }
        }
        return serve(socket);
    }

    private int bad(String why) {
        err.println(why + "; allowed are --socket PATH and --help");
        return BAD_ARGUMENT;
    }

    private int serve(Path socket) {
        try (AllocationServer server = AllocationServer.start(socket)) {
            out.println("listening at " + server.socket());
            out.flush();
            Throwable failure = server.service().awaitEnd();
            if (failure != null) {
                err.println("the allocation server at " + server.socket() + " ended by itself: " + failure);
                return FAILED;
            }
            return 0;
        } catch (TrackerException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }
}
