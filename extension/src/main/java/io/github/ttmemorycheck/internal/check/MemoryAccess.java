package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a test or class may ask of its run.
 *
 * @param known the open devices and the named caches when it is asked for
 * @param manage makes a device known to the test or class
 * @param addCache makes a cache known to it
 */
public record MemoryAccess(
        Run run, Supplier<Clearables> known, Consumer<TtDevice> manage, Consumer<Clearables.NamedCache> addCache) {

    /** Returns what is allocated now. */
    public MemorySnapshot snapshot() {
        return run.lookedAt().snapshot();
    }

    /** Clears the program caches of all open devices. */
    public void clearProgramCaches() {
        MemoryTracker tracker = run.lookedAt();
        try (MemoryTracker.Mark now = tracker.mark()) {
            new ProgramCaches(tracker, run.log()).clear(known.get(), now);
        }
    }

    /** Writes what is allocated now, for people to read. */
    public String dump() {
        StringBuilder text = new StringBuilder();
        try {
            run.lookedAt().dump(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a StringBuilder does not fail", impossible);
        }
        return text.toString();
    }
}
