package io.github.ttmemorycheck.bench;

/** How long to measure. */
enum Length {
    /** Some minutes in all; figures may vary by a tenth from run to run. */
    SHORT(3, 5, 1_000_000, 9, 3),

    /** A quarter of an hour in all. */
    LONG(9, 20, 2_000_000, 25, 10);

    private final int suiteRounds;
    private final int processPairs;
    private final int events;
    private final int ingestRounds;
    private final int iterations;

    Length(int suiteRounds, int processPairs, int events, int ingestRounds, int iterations) {
        this.suiteRounds = suiteRounds;
        this.processPairs = processPairs;
        this.events = events;
        this.ingestRounds = ingestRounds;
        this.iterations = iterations;
    }

    /** How often a suite of 5 000 tests is run, of each kind. */
    int suiteRounds() {
        return suiteRounds;
    }

    /** How many whole processes are run, of each kind. */
    int processPairs() {
        return processPairs;
    }

    /** How many events the senders send in all in one round. */
    int events() {
        return events;
    }

    int ingestRounds() {
        return ingestRounds;
    }

    /** How many iterations JMH measures. */
    int iterations() {
        return iterations;
    }
}
