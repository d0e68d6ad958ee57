package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.report.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The checks of a run that are open, and which were open together: what is allocated then belongs to either. The lock
 * of the annotation keeps tests apart; where the check is registered in code nothing does, unless they take the lock
 * themselves. Thread-safe.
 */
final class OpenChecks {

    private final Set<Entry> open = new LinkedHashSet<>();
    private boolean said;

    /** An open check. */
    final class Entry {

        private final Subject subject;
        private final Set<Entry> together = new LinkedHashSet<>();
        private boolean begun;

        private Entry(Subject subject) {
            this.subject = subject;
        }

        /** Notes that something of the subject runs; returns what is to be warned of, the first time in the run. */
        Optional<String> begins() {
            return begin(this);
        }

        /**
         * Returns what ran while the check was open, besides what encloses the subject or is enclosed by it: for a
         * test, other tests; for a class, other classes, and tests that are checked without theirs.
         */
        List<String> beside() {
            List<Entry> begun = begunBeside(this);
            return begun.stream()
                    .filter(other -> subject.isTest()
                            ? other.subject.isTest()
                            : begun.stream().noneMatch(outer -> encloses(outer.subject, other.subject)))
                    .map(other -> other.subject.name())
                    .distinct()
                    .toList();
        }

        /** Notes that the check is over. */
        void ends() {
            end(this);
        }
    }

    /** Notes that a check is opened. */
    synchronized Entry opened(Subject subject) {
        Entry entry = new Entry(subject);
        for (Entry other : open) {
            if (!encloses(other.subject, subject) && !encloses(subject, other.subject)) {
                other.together.add(entry);
                entry.together.add(other);
            }
        }
        open.add(entry);
        return entry;
    }

    private static boolean encloses(Subject outer, Subject inner) {
        return inner.uniqueId().startsWith(outer.uniqueId() + "/");
    }

    private synchronized Optional<String> begin(Entry entry) {
        entry.begun = true;
        if (said || !entry.subject.isTest()) {
            return Optional.empty();
        }
        Optional<String> warning = begunBeside(entry).stream()
                .filter(other -> other.subject.isTest())
                .findFirst()
                .map(other -> other.subject.name() + " and " + entry.subject.name()
                        + " were checked at the same time, and what one of them allocates may be charged to the other;"
                        + " put @ResourceLock(TtMemoryCheck.DEVICE_MEMORY) on classes that register the check in code");
        said = warning.isPresent();
        return warning;
    }

    private synchronized List<Entry> begunBeside(Entry entry) {
        List<Entry> begun = new ArrayList<>(entry.together);
        begun.removeIf(other -> !other.begun);
        return begun;
    }

    private synchronized void end(Entry entry) {
        open.remove(entry);
        entry.together.clear();
    }
}
