package io.github.ttmemorycheck.samples.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A worker: a process that is told one line at a time and answers each with one. Its standard error is kept for
 * messages.
 *
 * <p>Thread-safe: one question at a time, under the lock of this object. A thread of its own reads each of the two
 * outputs and ends with the process.
 */
final class WorkerProcess implements AutoCloseable {

    private static final int KEPT_LINES = 20;
    private static final long END_SECONDS = 10;
    private static final int FIRST_SIGNAL = 128;

    /** Stands for the end of the output; the answers are single lines. */
    private static final String END = "\n";

    private final Process process;
    private final String name;
    private final Duration patience;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Deque<String> errors = new ArrayDeque<>();
    private final List<Thread> readers = new ArrayList<>();

    private WorkerProcess(Process process, String name, Duration patience) {
        this.process = process;
        this.name = name;
        this.patience = patience;
        readers.add(reader("answers", process.inputReader(StandardCharsets.UTF_8), answers::add));
        readers.add(reader("errors", process.errorReader(StandardCharsets.UTF_8), this::keep));
    }

    /**
     * Starts a worker.
     *
     * @param environment what is added to the environment
     * @param patience how long an answer may take
     */
    static WorkerProcess start(List<String> command, Map<String, String> environment, Duration patience) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String shown = command.get(0).replaceFirst(".*/", "");
            return new WorkerProcess(process, "the worker (pid " + process.pid() + ", " + shown + ")", patience);
        } catch (IOException e) {
            throw new IllegalStateException("the worker cannot be started by " + command + ": " + e, e);
        }
    }

    private interface Line {
        void take(String line);
    }

    private Thread reader(String what, BufferedReader lines, Line taker) {
        Thread thread = new Thread(
                () -> {
                    try (lines) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            taker.take(line);
                        }
                    } catch (IOException cut) {
                        keep("its " + what + " were cut: " + cut);
                    } finally {
                        if (what.equals("answers")) {
                            answers.add(END);
                        }
                    }
                },
                "samples-worker-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void keep(String line) {
        synchronized (errors) {
            errors.addLast(line);
            if (errors.size() > KEPT_LINES) {
                errors.removeFirst();
            }
        }
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the first line, which the worker says unasked. */
    synchronized String greeting() {
        return answer("its first line");
    }

    // tag::ask[]
    /**
     * Asks, and waits for the answer.
     *
     * @return what stands behind {@code ok}
     * @throws IllegalStateException when the worker refuses, does not answer in time, or has gone
     */
    synchronized String ask(String question) {
        try {
            process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException closed) {
            throw gone("'" + question + "' could not be asked");
        }
        String answer = answer("the answer to '" + question + "'");
        if (answer.equals("ok") || answer.startsWith("ok ")) {
            return answer.substring(2).strip();
        }
        throw new IllegalStateException(
                name + " refused '" + question + "': " + answer.replaceFirst("^error ", "") + said());
    }
    // end::ask[]

    private String answer(String awaited) {
        String answer;
        try {
            answer = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + awaited + " of " + name, e);
        }
        if (answer == null) {
            throw new IllegalStateException(
                    name + " did not give " + awaited + ", waited " + patience.toMillis() + " ms" + said());
        }
        if (answer.equals(END)) {
            answers.add(END);
            throw gone(awaited + " did not come");
        }
        return answer;
    }

    private IllegalStateException gone(String consequence) {
        return new IllegalStateException(name + " is gone, " + howItEnded() + ": " + consequence + said());
    }

    private String howItEnded() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return "its output is closed, though it still runs";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "its output is closed";
        }
        int code = process.exitValue();
        return code > FIRST_SIGNAL ? "killed by signal " + (code - FIRST_SIGNAL) : "with exit code " + code;
    }

    private String said() {
        synchronized (errors) {
            return errors.isEmpty() ? "" : "; its last errors:\n  " + String.join("\n  ", errors);
        }
    }

    /** Ends the worker, by its input first and by force after ten seconds. Returns when it has ended. */
    @Override
    public void close() {
        boolean interrupted = false;
        try {
            process.getOutputStream().close();
        } catch (IOException closedAlready) {
            keep("its input was closed already: " + closedAlready);
        }
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS);
            }
            for (Thread reader : readers) {
                reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
            }
        } catch (InterruptedException e) {
            interrupted = true;
            process.destroyForcibly();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
