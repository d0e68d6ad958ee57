package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs counted together.
 *
 * @param processes how many processes there were
 * @param runs how many runs, of which a process may have several
 * @param counts what is counted; what is missing is 0
 * @param ownNanos what all checks cost
 * @param waitedNanos how long the checks waited for memory to be freed
 */
public record Tally(
        int processes, int runs, Map<Count, Long> counts, List<Unchecked> unchecked, long ownNanos, long waitedNanos) {

    /**
     * Something that was not checked.
     *
     * @param id the unique id of a test or class
     * @param why the first sentence of the message about it
     */
    record Unchecked(String id, String name, String why) {}

    long of(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** A test or class, whatever its name: two classes of one name share nothing. */
    private record Key(Subject.Scope scope, String id) {}

    private record Attempt(long startNanos, Verdict verdict, boolean everFailed) {

        /** Two attempts count as one, by what the later came to. */
        Attempt and(Attempt other) {
            Attempt later = other.startNanos >= startNanos ? other : this;
            return new Attempt(later.startNanos, later.verdict, everFailed || other.everFailed);
        }

        Set<Count> counts(Subject.Scope scope) {
            Set<Count> counts = EnumSet.noneOf(Count.class);
            boolean test = scope == Subject.Scope.TEST;
            boolean wholeClass = scope == Subject.Scope.CLASS;
            if (test) {
                counts.add(Count.TESTS);
            }
            if (everFailed && !verdict.fails()) {
                counts.add(Count.RECOVERED);
            }
            switch (verdict) {
                case LEAKED -> counts.add(wholeClass ? Count.CLASSES_LEAKED : Count.LEAKED);
                case KNOWN -> counts.add(Count.KNOWN);
                case GREW -> counts.add(Count.GREW);
                case INCONCLUSIVE -> counts.add(Count.INCONCLUSIVE);
                case WITHIN_BASELINE -> {
                    if (test) {
                        counts.add(Count.WITHIN_BASELINE);
                    }
                }
                case CLEAN -> {}
            }
            return counts;
        }
    }

    /** Counts. Not thread-safe. */
    static final class Builder {

        private final Set<Long> processes = new HashSet<>();
        private int runs;
        private final Map<Key, Attempt> last = new HashMap<>();
        private final Map<Key, Unchecked> unchecked = new LinkedHashMap<>();
        private final Map<Key, Integer> timesChecked = new HashMap<>();
        private final Set<Key> waiversGone = new HashSet<>();
        private long lateReleases;
        private long ownNanos;
        private long waitedNanos;

        /** Adds what the lines of an index say. One that cannot be read is counted: a report is no reason to fail. */
        void add(Iterable<String> index) {
            for (String line : index) {
                try {
                    add(RunIndex.fields(line));
                } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
                    unchecked.put(
                            new Key(Subject.Scope.CLASS, ""),
                            new Unchecked("", "a part of the report", "it could not be read"));
                }
            }
        }

        private void add(String[] fields) {
            switch (fields[0]) {
                case "run" -> {
                    processes.add(Long.parseLong(fields[2]));
                    runs++;
                }
                case "check" -> {
                    Verdict verdict = Verdict.valueOf(fields[2]);
                    long own = Long.parseLong(fields[4]);
                    long waited = Long.parseLong(fields[5]);
                    Attempt attempt = new Attempt(Long.parseLong(fields[3]), verdict, verdict.fails());
                    Key key = key(fields[1], fields[6]);
                    last.merge(key, attempt, Attempt::and);
                    timesChecked.merge(key, verdict == Verdict.INCONCLUSIVE ? 0 : 1, Integer::sum);
                    ownNanos += own;
                    waitedNanos += waited;
                }
                case "unchecked" -> {
                    Key key = key(fields[1], fields[2]);
                    unchecked.put(key, new Unchecked(fields[2], fields[3], fields[4]));
                    timesChecked.merge(key, -1, Integer::sum);
                }
                case "waiver-gone" -> waiversGone.add(key(fields[1], fields[2]));
                case "late" -> lateReleases += Long.parseLong(fields[1]);
                default -> throw new IllegalArgumentException("no line of an index begins with " + fields[0]);
            }
        }

        private static Key key(String scope, String id) {
            return new Key(Subject.Scope.valueOf(scope), id);
        }

        /**
         * Returns whether something was checked in one run, and not in another in which its tests were run again: a
         * test that could be measured the last time, and a class in which something was seen at any time.
         */
        private boolean wasCheckedAfterAll(Key key) {
            Attempt attempt = last.get(key);
            if (attempt == null || attempt.verdict == Verdict.INCONCLUSIVE) {
                return false;
            }
            return key.scope == Subject.Scope.TEST || timesChecked.getOrDefault(key, 0) > 0;
        }

        Tally build() {
            Map<Count, Long> counts = new EnumMap<>(Count.class);
            last.forEach(
                    (key, attempt) -> attempt.counts(key.scope).forEach(count -> counts.merge(count, 1L, Long::sum)));
            counts.put(Count.WAIVERS_GONE, (long) waiversGone.size());
            counts.put(Count.LATE_RELEASES, lateReleases);
            return new Tally(
                    processes.size(),
                    runs,
                    counts,
                    unchecked.entrySet().stream()
                            .filter(entry -> !wasCheckedAfterAll(entry.getKey()))
                            .map(Map.Entry::getValue)
                            .toList(),
                    ownNanos,
                    waitedNanos);
        }
    }
}
