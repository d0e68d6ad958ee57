package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.report.Subject;
import java.util.Objects;

/**
 * A measurement that did not succeed.
 *
 * @param subject what should have been judged
 * @param cause why it could not be, for example {@code the allocation server stopped answering}
 * @param asked what was asked of whom, and how long was waited
 * @param found what was found instead
 * @param remedy what to do about it
 */
public record Inconclusive(Subject subject, String cause, String asked, String found, String remedy) {

    /**
     * Checks that nothing is missing.
     *
     * @param subject as the component says
     * @param cause as the component says
     * @param asked as the component says
     * @param found as the component says
     * @param remedy as the component says
     */
    public Inconclusive {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(asked, "asked");
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(remedy, "remedy");
    }
}
