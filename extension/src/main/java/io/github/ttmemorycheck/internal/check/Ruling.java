package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.runreport.Failure;
import io.github.ttmemorycheck.report.LeakReport;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.util.Optional;

/**
 * What is ruled of a test or class in the end, and its message.
 *
 * @param kind what is wrong, for the report of the run
 * @param message the whole text
 * @param fails whether the subject fails by it; else it is only warned
 * @param leak what is known about a leak or about growth
 * @param expected what is allowed, for an IDE that shows both sides; empty where nothing leaked
 * @param actual what was found instead
 * @param cause why nothing could be measured
 */
public record Ruling(
        Subject subject,
        Failure.Kind kind,
        String message,
        boolean fails,
        Optional<LeakReport> leak,
        String expected,
        String actual,
        Optional<TrackerException> cause) {

    Ruling(Subject subject, Failure.Kind kind, String message, boolean fails) {
        this(subject, kind, message, fails, Optional.empty(), "", "", Optional.empty());
    }
}
