package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import java.util.Objects;
import java.util.Optional;

/**
 * What a test or class was told by the check.
 *
 * @param subject who was told
 * @param kind what
 * @param message the whole text
 * @param failed whether it failed by it; not where errors are only warned of
 * @param leak the details of a leak, as far as they are kept
 * @param buffers how many buffers were left in all; {@code leak} may hold fewer
 */
public record Failure(
        Subject subject, Kind kind, String message, boolean failed, Optional<LeakReport> leak, int buffers) {

    /** What a test can be told. */
    public enum Kind {
        /** It left more than is allowed. */
        LEAK("leak"),
        /** It grew from repetition to repetition. */
        GROWTH("growth"),
        /** A leak that is waived is gone. */
        WAIVER("waiver"),
        /** It could not be measured, or nothing was seen. */
        UNCHECKED("unchecked");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Returns the word that files use. */
        public String word() {
            return word;
        }
    }

    /** Checks that nothing is missing. */
    public Failure {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(leak, "leak");
    }
}
