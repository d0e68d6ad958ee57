package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;

/**
 * What was held before and after one repetition of a test. After a repetition that is left out, "before" is what was
 * held when that one had ended, so that nothing of it is counted here; where other tests ran in between, it is what was
 * held when this one began, if that is more.
 *
 * @param before what was allocated after the repetition before it, or before the first
 * @param held what was allocated after it
 * @param waived what it left and a known leak lets pass, which is charged to that
 * @param entriesBefore how many programs the caches kept after the repetition before, or before this one
 * @param entries how many programs the caches keep after it: none where they were cleared
 * @param filled whether what it added may belong to programs that its caches gained and keep, so that it tells of no
 *     growth of memory
 */
public record Repetition(
        MemoryTotals before, MemoryTotals held, MemoryTotals waived, long entriesBefore, long entries, boolean filled) {

    /** Returns whether it may have added something: not where all that is held is as it was, which is soon seen. */
    boolean mayHaveAdded() {
        return !held.equals(before);
    }

    /** Returns how many bytes it added, beside what is waived. */
    long added(MemoryPool pool) {
        return held.of(pool) - before.of(pool) - waived.of(pool);
    }
}
