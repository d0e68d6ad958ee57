package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A mark and a diff of ten buffers that are left, while others are live. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MarkAndDiff {

    private static final int LEAKED = 10;

    /** Buffers that were live before the mark. */
    @Param("1000")
    public int live;

    /** Devices, each over a connection of its own. */
    @Param("8")
    public int devices;

    /** Further connections, which are idle. */
    @Param("0")
    public int idle;

    private @Nullable EmbeddedTracker server;
    private @Nullable Mesh mesh;
    private @Nullable Mesh others;
    private @Nullable SocketChannel many;
    private MemoryTracker.@Nullable Mark mark;

    /** Fills the server. */
    @Setup
    public void fill() throws IOException {
        EmbeddedTracker started = EmbeddedTracker.start(Workplace.socket());
        server = started;
        many = Many.allocate(started.socket(), live, devices);
        Mesh used = new Mesh(started.socket(), devices);
        mesh = used;
        others = new Mesh(started.socket(), idle);
        mark = started.mark();
        used.leak(LEAKED);
    }

    /** The two questions that a test costs. */
    @Benchmark
    public SnapshotDiff markAndDiff() {
        EmbeddedTracker asked = server;
        MemoryTracker.Mark before = mark;
        if (asked == null || before == null) {
            throw new IllegalStateException("not set up");
        }
        asked.mark().close();
        SnapshotDiff diff = asked.since(before);
        if (diff.left().size() != LEAKED) {
            throw new IllegalStateException(diff.left().size() + " buffers are left");
        }
        return diff;
    }

    /** Ends the server and its clients. */
    @TearDown
    public void end() throws IOException {
        for (AutoCloseable each : new AutoCloseable[] {mark, mesh, others, many, server}) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
