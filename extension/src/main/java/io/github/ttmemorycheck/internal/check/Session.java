package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.report.Subject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * What the runs of one session of the launcher have in common: a build tool that runs failed tests again does so in a
 * run of its own. Thread-safe.
 */
public final class Session {

    private final boolean launched;
    private final BooleanSupplier picks;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private Session(boolean launched, BooleanSupplier picks) {
        this.launched = launched;
        this.picks = picks;
    }

    /**
     * Begins a session of the launcher.
     *
     * @param picks whether single invocations of templates, or single dynamic tests, were selected
     */
    public static Session launched(BooleanSupplier picks) {
        return new Session(true, picks);
    }

    /** Begins a session of which it is not known what is selected, as in JUnit's test kit. */
    public static Session notLaunched() {
        return new Session(false, () -> false);
    }

    /** Returns whether all dynamic tests of a factory run. */
    boolean runsWholeFactories() {
        return !picks.getAsBoolean();
    }

    /**
     * Returns whether as many invocations, numbered without a gap, may be all that a test has. JUnit does not say how
     * many there are; where it is not known either what was selected, a single one is taken for a selected one.
     */
    boolean mayBeAll(int invocations) {
        return launched ? !picks.getAsBoolean() : invocations > 1;
    }

    /** Notes that memory was seen while the tests of a class ran. */
    void sawMemory(Subject type) {
        seen.add(type.uniqueId());
    }

    /** Returns whether memory was seen in a class, be it in an earlier run. */
    boolean hasSeenMemory(Subject type) {
        return seen.contains(type.uniqueId());
    }
}
