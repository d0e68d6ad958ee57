package io.github.ttmemorycheck.internal.leak;

import io.github.ttmemorycheck.snapshot.MemoryTotals;

/**
 * What was held before and after one repetition of a test. After a repetition that is left out, "before" is what was
 * held when that one had ended, so that nothing of it is counted here; where other tests ran in between, it is what was
 * held when this one began, if that is more.
 *
 * @param before what was allocated after the repetition before it, or before the first
 * @param held what was allocated after it
 * @param entriesBefore how many programs the caches held after the repetition before; 0 before the first
 * @param entries how many programs the caches held after it, before they were cleared
 */
public record Repetition(MemoryTotals before, MemoryTotals held, long entriesBefore, long entries) {}
