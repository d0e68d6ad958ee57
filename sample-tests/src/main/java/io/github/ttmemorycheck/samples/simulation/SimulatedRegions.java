package io.github.ttmemorycheck.samples.simulation;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shared-memory regions of all simulated meshes of this process, one for each device, as the runtime writes them.
 * They are only written where the tracker reads them: when {@value TtMemoryCheckSettings#TRACKER} is {@code shm}, in
 * the directory named by {@value TtMemoryCheckSettings#SHM_DIRECTORY}. Thread-safe, under the lock of this object.
 */
final class SimulatedRegions {

    /** The unique numbers of chips are large; these begin with the letters of a simulation. */
    private static final long FIRST_CHIP = 0x53494D_0000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static @Nullable SimulatedRegions ofThisProcess;

    private final List<SimulatedRegion> regions = new ArrayList<>();

    /** Returns those of this process, written at the first call; none where nobody reads them. */
    static synchronized SimulatedRegions get() {
        SimulatedRegions known = ofThisProcess;
        if (known == null) {
            known = new SimulatedRegions();
            if (System.getProperty(TtMemoryCheckSettings.TRACKER, "").equals("shm")) {
                known.create(Path.of(System.getProperty(TtMemoryCheckSettings.SHM_DIRECTORY, "target/shm")));
            }
            ofThisProcess = known;
        }
        return known;
    }

    private synchronized void create(Path directory) {
        try {
            Files.createDirectories(directory);
            for (int device = 0; device < SimulatedMeshDevice.DEVICES; device++) {
                regions.add(SimulatedRegion.create(directory, FIRST_CHIP + device, device));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the regions of the SIMULATED mesh cannot be written to " + directory, e);
        }
    }

    synchronized boolean areWritten() {
        return !regions.isEmpty();
    }

    /** Books what a device allocates, or, with a negative size, frees. */
    synchronized void add(int device, MemoryKind kind, long size) {
        if (!regions.isEmpty()) {
            Instant now = Instant.now();
            regions.get(device).add(kind, size, now.getEpochSecond() * NANOS_PER_SECOND + now.getNano());
        }
    }
}
