package io.github.ttmemorycheck.internal.attach;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that this JVM started: its process group, and its output.
 *
 * <p>The command runs under a shell that waits on its standard input, a pipe from this JVM, and ends the whole group when
 * that closes: on {@link #close()}, when the JVM shuts down, and also when the JVM is killed.
 *
 * <p>Thread-safe. One daemon thread reads the output; the lines wait, the last {@value #MOST_LINES} of them.
 */
public final class StartedServer implements ServerOutput, AutoCloseable {

    private static final int MOST_LINES = 200_000;
    private static final int SHOWN_LINES = 10;
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Between SIGTERM and SIGKILL, as the guard has it. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /**
     * Ends the group by SIGTERM, two seconds later by SIGKILL. The server's own end ends the guard, with its exit code. A shell
     * may know the number of a group behind {@code kill -s} alone.
     */
    private static final String GUARD = """
            exec 3<&0
            command -v setsid >/dev/null 2>&1 && leader=setsid || leader=
            $leader sh -c "$1" </dev/null 3<&- &
            child=$!
            {
              read -r _ <&3
              kill -s TERM -- -$child 2>/dev/null || kill -TERM $child
              sleep 2
              kill -s KILL -- -$child 2>/dev/null || kill -KILL $child
            } >/dev/null 2>&1 &
            guard=$!
            exec 3<&-
            wait $child
            code=$?
            kill -s TERM -- -$child 2>/dev/null
            kill $guard 2>/dev/null
            exit $code
            """;

    private final String command;
    private final Process process;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Deque<String> last = new ArrayDeque<>();
    private final Thread hook;

    private StartedServer(String command, Process process) {
        this.command = command;
        this.process = process;
        Thread reader = new Thread(this::read, "tt-server-output");
        reader.setDaemon(true);
        reader.start();
        hook = new Thread(this::end, "tt-server-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a server and waits until its socket answers.
     *
     * @param command a command line for {@code sh}
     * @throws UnansweredException when it ends, or does not answer in time, with what it printed
     */
    public static StartedServer start(String command, Path socket, long patienceNanos) throws UnansweredException {
        StartedServer started;
        try {
            started = new StartedServer(
                    command,
                    new ProcessBuilder("sh", "-c", GUARD, "sh", command)
                            .redirectErrorStream(true)
                            .start());
        } catch (IOException e) {
            throw new UnansweredException(
                    "the allocation server could not be started",
                    "to run: " + command,
                    String.valueOf(e.getMessage()),
                    e);
        }
        try {
            started.awaitAnswer(socket, patienceNanos);
            return started;
        } catch (UnansweredException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private void awaitAnswer(Path socket, long patienceNanos) throws UnansweredException {
        long deadline = System.nanoTime() + patienceNanos;
        while (!ServerProbe.isListening(socket)) {
            if (!process.isAlive()) {
                throw unanswered("the allocation server that was started has ended", socket, patienceNanos);
            }
            if (System.nanoTime() - deadline > 0) {
                throw unanswered("the allocation server that was started does not listen", socket, patienceNanos);
            }
            boolean interrupted = Thread.interrupted();
            LockSupport.parkNanos(POLL_NANOS);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private UnansweredException unanswered(String why, Path socket, long patienceNanos) {
        String exit = "";
        if (!process.isAlive()) {
            exit = "exit code " + process.exitValue() + "; ";
            // What it printed last may still be in the pipe.
            long deadline = System.nanoTime() + POLL_NANOS * 20;
            while (printed().isEmpty() && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        String printed = printed();
        return new UnansweredException(
                why,
                "a connection, " + socket + ", waited at most " + TimeUnit.NANOSECONDS.toSeconds(patienceNanos)
                        + " s; it was started by: " + command,
                exit + (printed.isEmpty() ? "it printed nothing" : "it printed: " + printed),
                null);
    }

    private String printed() {
        synchronized (lines) {
            return String.join(" | ", last);
        }
    }

    private void read() {
        try (BufferedReader in = process.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    keep(lines, line, MOST_LINES);
                    keep(last, line, SHOWN_LINES);
                }
            }
        } catch (IOException closed) {
            // The process has been ended.
        }
    }

    private static void keep(Deque<String> kept, String line, int most) {
        if (kept.size() == most) {
            kept.removeFirst();
        }
        kept.addLast(line);
    }

    @Override
    public List<String> takeLines() {
        synchronized (lines) {
            List<String> taken = new ArrayList<>(lines);
            lines.clear();
            return taken;
        }
    }

    @Override
    public String description() {
        return "started by this run, its output read";
    }

    /** Returns the process that watches over the server's group. */
    public long processId() {
        return process.pid();
    }

    /** Ends the server and everything that it started; waits at most five seconds. Doing so twice is harmless. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Then the hook ends it once more, which is harmless.
        }
    }

    private void end() {
        List<ProcessHandle> started = process.descendants().toList();
        boolean interrupted = Thread.interrupted();
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            // It has ended already.
        }
        long begun = System.nanoTime();
        long deadline = begun + END_NANOS;
        while (process.isAlive() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(POLL_NANOS);
            interrupted |= Thread.interrupted();
        }
        // The guard ends with the shell that it started; what runs under that may still be removing its socket.
        while (started.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() - begun < GRACE_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
            interrupted |= Thread.interrupted();
        }
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
