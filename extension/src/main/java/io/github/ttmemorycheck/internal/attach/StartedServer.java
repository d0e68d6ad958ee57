package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A server that this JVM started: its process group, and its output.
 *
 * <p>The command runs under a shell that waits on its standard input, a pipe from this JVM, and ends the whole group
 * when that closes: on {@link #close()}, when the JVM shuts down, and also when the JVM is killed.
 *
 * <p>Thread-safe. One daemon thread reads the output; the lines wait, the last {@value #MOST_LINES} of them.
 */
final class StartedServer implements ServerOutput, AutoCloseable {

    private static final int MOST_LINES = 200_000;
    private static final int SHOWN_LINES = 10;
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Between SIGTERM and SIGKILL, as the guard has it. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /**
     * Ends the group by SIGTERM, two seconds later by SIGKILL. The server's own end ends the guard, with its exit code.
     * A shell may know the number of a group behind {@code kill -s} alone.
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

    /** Starts a server and waits until its socket answers; what it printed is in the error if it does not. */
    static StartedServer start(String command, Path socket, long patienceNanos) {
        ProcessBuilder guard = new ProcessBuilder("sh", "-c", GUARD, "sh", command).redirectErrorStream(true);
        StartedServer started;
        try {
            started = new StartedServer(command, guard.start());
        } catch (IOException e) {
            String asked = "to run: " + command;
            String found = String.valueOf(e.getMessage());
            throw new TrackerException("the allocation server could not be started", asked, found, remedy(socket), e);
        }
        try {
            started.awaitAnswer(socket, patienceNanos);
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static String remedy(Path socket) {
        return "run the command of " + SettingKeys.SERVER_COMMAND + " by hand, and have it listen at " + socket;
    }

    private void awaitAnswer(Path socket, long patienceNanos) {
        long deadline = System.nanoTime() + patienceNanos;
        while (!ServerProbe.isListening(socket)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw unanswered(socket, patienceNanos);
            }
            Waiting.nanos(POLL_NANOS);
        }
    }

    private TrackerException unanswered(Path socket, long patienceNanos) {
        String why = "does not listen";
        String exit = "";
        if (!process.isAlive()) {
            why = "has ended";
            exit = "exit code " + process.exitValue() + "; ";
            // What it printed last may still be in the pipe.
            long deadline = System.nanoTime() + POLL_NANOS * 20;
            while (printed().isEmpty() && System.nanoTime() - deadline < 0) {
                Waiting.nanos(POLL_NANOS);
            }
        }
        String printed = printed();
        String waited = ", waited at most " + Wording.time(patienceNanos);
        return new TrackerException(
                "the allocation server that was started " + why,
                "a connection, " + socket + waited + "; it was started by: " + command,
                exit + (printed.isEmpty() ? "it printed nothing" : "it printed: " + printed),
                remedy(socket),
                null);
    }

    /** Returns the last lines, of which none has been taken while the server starts. */
    private String printed() {
        synchronized (lines) {
            return lines.stream().skip(Math.max(0, lines.size() - SHOWN_LINES)).collect(Collectors.joining(" | "));
        }
    }

    private void read() {
        try (BufferedReader in = process.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    if (lines.size() == MOST_LINES) {
                        lines.removeFirst();
                    }
                    lines.addLast(line);
                }
            }
        } catch (IOException closed) {
            // The process has been ended.
        }
    }

    @Override
    public List<String> takeLines() {
        synchronized (lines) {
            List<String> taken = List.copyOf(lines);
            lines.clear();
            return taken;
        }
    }

    @Override
    public String description() {
        return "started by this run, its output read";
    }

    /** Ends the server and everything that it started; waits at most five seconds. */
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
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            // It has ended already.
        }
        long begun = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - begun < END_NANOS) {
            Waiting.nanos(POLL_NANOS);
        }
        // The guard ends with the shell that it started; what runs under that may still be removing its socket.
        while (started.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() - begun < GRACE_NANOS) {
            Waiting.nanos(POLL_NANOS);
        }
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
