package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.internal.sharedmemory.WrittenRegion;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.sharedmemory.SharedMemoryTracker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

/** A diff of the shared-memory regions of eight devices, beside reading their files, as a script does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SharedMemoryDiff {

    private static final int DEVICES = 8;

    /** Where the first slot says when it changed, and how far apart slots are. */
    private static final int LAST_UPDATE = 904;

    private static final int SLOT = 120;

    /** Living processes, each with memory on every device. */
    @Param({"1", "8"})
    public int processes;

    private final List<Process> children = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<ByteBuffer> written = new ArrayList<>();
    private long updates;
    private @Nullable SharedMemoryTracker tracker;
    private MemoryTracker.@Nullable Mark mark;

    /** Writes regions as a runtime does. */
    @Setup
    public void write() throws IOException {
        Path memory = Path.of("/dev/shm");
        Path directory = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "tt-bench")
                : Files.createTempDirectory("tt-bench");
        for (int i = 0; i < processes; i++) {
            children.add(new ProcessBuilder("sleep", "3600").start());
        }
        for (int device = 0; device < DEVICES; device++) {
            WrittenRegion region = WrittenRegion.create(directory, Integer.toString(1000 + device), device);
            files.add(region.file());
            for (int slot = 0; slot < processes; slot++) {
                region.attach(slot, (int) children.get(slot).pid(), "sleep").hold(slot, 4096, 2048, 0, 0, 1024);
            }
            try (FileChannel file =
                    FileChannel.open(region.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                written.add(file.map(FileChannel.MapMode.READ_WRITE, 0, file.size())
                        .order(ByteOrder.LITTLE_ENDIAN));
            }
        }
        SharedMemoryTracker opened = SharedMemoryTracker.open(directory, SharedMemoryTracker.ALL, Set.of());
        tracker = opened;
        mark = opened.mark();
    }

    /** What is asked once the test has run. */
    @Benchmark
    public SnapshotDiff diff() {
        SharedMemoryTracker asked = tracker;
        MemoryTracker.Mark before = mark;
        if (asked == null || before == null) {
            throw new IllegalStateException("not set up");
        }
        return asked.since(before);
    }

    /** The same after each process has allocated and freed on each device. */
    @Benchmark
    public SnapshotDiff diffAfterUse() {
        updates++;
        for (ByteBuffer region : written) {
            for (int slot = 0; slot < processes; slot++) {
                region.putLong(LAST_UPDATE + slot * SLOT, updates);
            }
        }
        return diff();
    }

    /** The files, read and not looked at. */
    @Benchmark
    public int files() throws IOException {
        int bytes = 0;
        for (Path file : files) {
            bytes += Files.readAllBytes(file).length;
        }
        return bytes;
    }

    /** Ends the processes and removes the regions. */
    @TearDown
    public void end() throws IOException {
        children.forEach(Process::destroyForcibly);
        if (mark != null) {
            mark.close();
        }
        if (tracker != null) {
            tracker.close();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Path directory = files.get(0).getParent();
        if (directory != null) {
            Files.delete(directory);
        }
    }
}
