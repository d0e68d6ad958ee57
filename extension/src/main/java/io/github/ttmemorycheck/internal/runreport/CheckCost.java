package io.github.ttmemorycheck.internal.runreport;

/**
 * What a check cost, in nanoseconds. The first three are the time of the check itself; the other two are only spent
 * where something is left.
 *
 * @param mark to read what is in force for the test and to mark the state
 * @param clear to clear the program caches after the test
 * @param measure to measure and judge, and to write the dump of a leak
 * @param collect in forced garbage collections
 * @param settle in waiting for what is left to go
 */
public record CheckCost(long mark, long clear, long measure, long collect, long settle) {

    /** Returns the time of the check itself. */
    public long own() {
        return mark + clear + measure;
    }

    /** Returns the time that was waited for memory to be freed. */
    public long waited() {
        return collect + settle;
    }
}
