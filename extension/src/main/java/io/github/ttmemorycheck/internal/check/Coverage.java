package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.leak.TestPlace;
import io.github.ttmemorycheck.report.Subject;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which tests ran to their end, and all of each. What is filtered out, disabled, aborted, failed or not measured may
 * still leak: its silence makes no leak gone, and no baseline shrink. Thread-safe.
 */
final class Coverage {

    private final Session session;

    /** By unique id without the numbers of invocations, so that a class lies right before all that is in it. */
    private final TreeMap<String, Ran> tests = new TreeMap<>();

    Coverage(Session session) {
        this.session = session;
    }

    /** What ran of one test. */
    private static final class Ran {

        private final Subject test;
        private final Map<String, BitSet> invocations = new HashMap<>();
        private boolean inPart;

        Ran(Subject test) {
            this.test = test;
        }

        /** Notes the numbers of an invocation, each by the template that it is one of. */
        void add(Subject invocation) {
            Subject.invocations(invocation.uniqueId())
                    .forEach(number -> invocations
                            .computeIfAbsent(
                                    invocation.uniqueId().substring(0, number.start()), template -> new BitSet())
                            .set(Integer.parseInt(number.group(1))));
        }

        boolean isWhole(Session session) {
            if (inPart) {
                return false;
            }
            if (invocations.isEmpty()) {
                return test.scope() != Subject.Scope.FACTORY || session.runsWholeFactories();
            }
            int most = 0;
            for (BitSet numbers : invocations.values()) {
                // They are numbered from 1 on.
                if (numbers.length() != numbers.cardinality() + 1) {
                    return false;
                }
                most = Math.max(most, numbers.cardinality());
            }
            return session.mayBeAll(most);
        }
    }

    /** Notes that a test, or an invocation of it, ran to its end and was measured. */
    synchronized void ran(Subject test) {
        Ran ran = of(test);
        if (!test.invocation().isEmpty()) {
            ran.add(test);
        }
    }

    /** Notes that a test, or an invocation of it, did not run, or not to its end, or that it was not measured. */
    synchronized void missed(Subject test) {
        of(test).inPart = true;
    }

    private Ran of(Subject test) {
        return tests.computeIfAbsent(key(test), unseen -> new Ran(test));
    }

    private static String key(Subject subject) {
        return subject.repetitions().uniqueId();
    }

    /** Returns whether all of a test ran to its end. */
    synchronized boolean isWhole(Subject test) {
        Ran ran = tests.get(key(test));
        return ran != null && ran.isWhole(session);
    }

    /**
     * Returns whether all of a class ran to its end. Of a class in an invocation of another one that is not known: the
     * others may be still to come.
     *
     * @param expected the tests of it and of the classes in it
     */
    synchronized boolean isWhole(Subject type, Collection<TestPlace> expected) {
        if (!type.invocation().isEmpty()) {
            return false;
        }
        Set<TestPlace> missing = new HashSet<>(expected);
        for (Ran ran :
                tests.subMap(type.uniqueId() + "/", type.uniqueId() + "0").values()) {
            if (!ran.isWhole(session)) {
                return false;
            }
            missing.remove(TestPlace.of(ran.test));
        }
        return missing.isEmpty();
    }

    /** Returns the tests of which not all ran to its end. */
    synchronized List<Subject> inPart() {
        return tests.values().stream()
                .filter(ran -> !ran.isWhole(session))
                .map(ran -> ran.test)
                .toList();
    }
}
