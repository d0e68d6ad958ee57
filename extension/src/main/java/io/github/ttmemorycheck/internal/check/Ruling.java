package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.runreport.Failure;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.report.Verdict;
import io.github.ttmemorycheck.snapshot.TrackerException;

/** What a test or class is told in the end, and whether it fails by it or is only warned. */
public sealed interface Ruling {

    /** Who is told. */
    Subject subject();

    /** The whole text. */
    String message();

    /** Whether the subject fails by it. */
    boolean fails();

    /** What it is, for the report of the run. */
    Failure.Kind kind();

    /**
     * More was left than is allowed, or what is held grew.
     *
     * @param report what is known about it
     */
    record Leak(Subject subject, LeakReport report, String message, boolean fails) implements Ruling {

        @Override
        public Failure.Kind kind() {
            return report.findings().stream().anyMatch(finding -> finding.verdict() == Verdict.LEAKED)
                    ? Failure.Kind.LEAK
                    : Failure.Kind.GROWTH;
        }
    }

    /** A leak that is known and waived is gone. */
    record WaiverGone(Subject subject, String message, boolean fails) implements Ruling {

        @Override
        public Failure.Kind kind() {
            return Failure.Kind.WAIVER;
        }
    }

    /**
     * What was left could not be measured.
     *
     * @param cause why
     */
    record Unmeasured(Subject subject, String message, TrackerException cause, boolean fails) implements Ruling {

        @Override
        public Failure.Kind kind() {
            return Failure.Kind.UNCHECKED;
        }
    }

    /** The tracker saw nothing at all, so nothing was checked. */
    record NothingSeen(Subject subject, String message, boolean fails) implements Ruling {

        @Override
        public Failure.Kind kind() {
            return Failure.Kind.UNCHECKED;
        }
    }
}
