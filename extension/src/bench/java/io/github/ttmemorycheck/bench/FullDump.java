package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A dump of a million buffers into a file, beside a loop that writes as many lines of that length. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FullDump {

    static final int BUFFERS = 1_000_000;

    private static final String LINE = "    DRAM             0x30000000          2 KiB       ref_count 1   pid 12345 "
            + "java -classpath some.jar some.Program\n";

    private @Nullable AllocationServer server;
    private @Nullable SocketChannel many;
    private @Nullable Path file;

    /** Fills the server. */
    @Setup
    public void fill() throws IOException {
        AllocationServer started = AllocationServer.start(Workplace.socket());
        server = started;
        many = Many.allocate(started.socket(), BUFFERS, Mesh.DEVICES);
        file = Files.createTempFile("tt-bench", "dump");
        if (started.snapshot().buffers().size() != BUFFERS) {
            throw new IllegalStateException("buffers are missing");
        }
    }

    /** The dump of a leaking test. */
    @Benchmark
    public Path dump() throws IOException {
        AllocationServer asked = server;
        Path written = file;
        if (asked == null || written == null) {
            throw new IllegalStateException("not set up");
        }
        try (BufferedWriter out = Files.newBufferedWriter(written)) {
            asked.dump(out);
        }
        return written;
    }

    /** As many lines, without looking anything up. */
    @Benchmark
    public Path lines() throws IOException {
        Path written = file;
        if (written == null) {
            throw new IllegalStateException("not set up");
        }
        try (Writer out = Files.newBufferedWriter(written)) {
            for (int i = 0; i < BUFFERS; i++) {
                out.append(LINE);
            }
        }
        return written;
    }

    /** Ends the server. */
    @TearDown
    public void end() throws IOException {
        if (many != null) {
            many.close();
        }
        if (server != null) {
            server.close();
        }
        if (file != null) {
            Files.delete(file);
        }
    }
}
