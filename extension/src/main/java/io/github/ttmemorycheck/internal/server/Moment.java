package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.MemoryTotals;

/**
 * A remembered moment: what is needed to tell later what changed since then.
 *
 * @param serial its own number
 * @param totals what was allocated
 * @param order the order of the last allocation before it
 * @param takenAtNanos when it was taken
 * @param releases how many releases had been noted before it
 * @param endings how many ended processes had been noted before it
 */
public record Moment(long serial, MemoryTotals totals, long order, long takenAtNanos, long releases, long endings) {}
