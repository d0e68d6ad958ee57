package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs counted together. A test that was run again counts once, by what its last attempt came to.
 *
 * @param processes how many processes there were
 * @param runs how many runs, of which a process may have several
 * @param tests how many tests were checked
 * @param leaked how many tests leaked
 * @param classesLeaked how many classes leaked as a whole
 * @param grew how many tests grew over their repetitions
 * @param known how many tests and classes leaked what is known and waived
 * @param allowed how many tests left something, all of it within the baseline
 * @param inconclusive how many tests and classes could not be measured
 * @param recovered how many tests failed the check at first and not when they were run again
 * @param waiversGone how many waivers have no leak any more
 * @param lateReleases how often memory was freed during a later test
 * @param unchecked what was not checked, and why
 * @param ownNanos what all checks cost
 * @param waitedNanos how long was waited for memory to be freed
 */
public record Tally(
        int processes,
        int runs,
        long tests,
        long leaked,
        long classesLeaked,
        long grew,
        long known,
        long allowed,
        long inconclusive,
        long recovered,
        long waiversGone,
        long lateReleases,
        List<Unchecked> unchecked,
        long ownNanos,
        long waitedNanos) {

    /**
     * Something that was not checked.
     *
     * @param name a test or class
     * @param why the first line of what it was told
     */
    public record Unchecked(String name, String why) {}

    /** Copies the list. */
    public Tally {
        unchecked = List.copyOf(unchecked);
    }

    private record Unmeasured(Subject.Scope scope, String id) {}

    private record Attempt(long startNanos, Subject.Scope scope, Verdict verdict, boolean everFailed) {}

    /** Starts to count. */
    public static Builder builder() {
        return new Builder();
    }

    /** Counts. Not thread-safe. */
    public static final class Builder {

        private final Set<Long> processes = new HashSet<>();
        private int runs;
        private final Map<Subject.Scope, Map<String, Attempt>> last = new EnumMap<>(Subject.Scope.class);
        private final Map<Unmeasured, Unchecked> unchecked = new LinkedHashMap<>();
        private final Set<String> waiversGone = new HashSet<>();
        private long late;
        private long ownNanos;
        private long waitedNanos;

        private Builder() {}

        /** Adds a run. */
        public void add(RunRecord run) {
            RunIndex.read(RunIndex.lines(run), this);
        }

        void run(long processId) {
            processes.add(processId);
            runs++;
        }

        void check(Subject.Scope scope, Verdict verdict, long startNanos, long own, long waited, String id) {
            ownNanos += own;
            waitedNanos += waited;
            Map<String, Attempt> attempts = last.computeIfAbsent(scope, unseen -> new HashMap<>());
            Attempt earlier = attempts.get(id);
            boolean failed = verdict.fails() || (earlier != null && earlier.everFailed);
            attempts.put(
                    id,
                    earlier != null && earlier.startNanos > startNanos
                            ? new Attempt(earlier.startNanos, scope, earlier.verdict, failed)
                            : new Attempt(startNanos, scope, verdict, failed));
        }

        void unchecked(Subject.Scope scope, String id, String name, String why) {
            unchecked.put(new Unmeasured(scope, id), new Unchecked(name, why));
        }

        void waiverGone(String id) {
            waiversGone.add(id);
        }

        void late(long releases) {
            late += releases;
        }

        /** Counts a line that could not be read, as something that was not checked. */
        void unreadable() {
            unchecked(Subject.Scope.CLASS, "", "a part of the report", "it could not be read");
        }

        /** What was not checked, without the tests that could be measured when they were run again. */
        private List<Unchecked> stillUnchecked() {
            List<Unchecked> still = new ArrayList<>();
            unchecked.forEach((what, why) -> {
                Attempt attempt = last.getOrDefault(what.scope, Map.of()).get(what.id);
                if (what.scope != Subject.Scope.TEST || attempt == null || attempt.verdict == Verdict.INCONCLUSIVE) {
                    still.add(why);
                }
            });
            return still;
        }

        /** Returns what was added so far. */
        public Tally build() {
            Map<Verdict, Long> tests = new EnumMap<>(Verdict.class);
            long classesLeaked = 0;
            long classesKnown = 0;
            long grew = 0;
            long inconclusive = 0;
            long recovered = 0;
            List<Attempt> attempts =
                    last.values().stream().flatMap(of -> of.values().stream()).toList();
            for (Attempt attempt : attempts) {
                if (attempt.scope == Subject.Scope.TEST) {
                    tests.merge(attempt.verdict, 1L, Long::sum);
                }
                classesLeaked += attempt.scope == Subject.Scope.CLASS && attempt.verdict == Verdict.LEAKED ? 1 : 0;
                classesKnown += attempt.scope == Subject.Scope.CLASS && attempt.verdict == Verdict.KNOWN ? 1 : 0;
                grew += attempt.verdict == Verdict.GREW ? 1 : 0;
                inconclusive += attempt.verdict == Verdict.INCONCLUSIVE ? 1 : 0;
                recovered += attempt.everFailed && !attempt.verdict.fails() ? 1 : 0;
            }
            return new Tally(
                    processes.size(),
                    runs,
                    tests.values().stream().mapToLong(Long::longValue).sum(),
                    tests.getOrDefault(Verdict.LEAKED, 0L),
                    classesLeaked,
                    grew,
                    tests.getOrDefault(Verdict.KNOWN, 0L) + classesKnown,
                    tests.getOrDefault(Verdict.WITHIN_BASELINE, 0L),
                    inconclusive,
                    recovered,
                    waiversGone.size(),
                    late,
                    stillUnchecked(),
                    ownNanos,
                    waitedNanos);
        }
    }
}
