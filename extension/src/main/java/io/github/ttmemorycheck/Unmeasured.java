package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.message.Inconclusive;
import io.github.ttmemorycheck.internal.message.InconclusiveText;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.TrackerException;
import org.opentest4j.AssertionFailedError;

/** What a test or class is told that could not be measured. */
record Unmeasured(Subject subject, TrackerException why, boolean fails) {

    String text() {
        if (why.asked().isEmpty()) {
            return subject.name() + " could not be checked: " + why.getMessage();
        }
        return InconclusiveText.render(
                new Inconclusive(
                        subject,
                        why.reason(),
                        why.asked().orElse(""),
                        why.found().orElse(""),
                        why.remedy().orElse("")),
                fails);
    }

    AssertionFailedError asError() {
        return new AssertionFailedError(text(), why);
    }
}
