package io.github.ttmemorycheck;

import io.github.ttmemorycheck.tracker.TrackerException;
import org.opentest4j.AssertionFailedError;

/** What a test or class is told that could not be measured. */
record Unmeasured(String name, TrackerException why) {

    String text() {
        return name + " could not be checked: " + why.getMessage();
    }

    AssertionFailedError asError() {
        return new AssertionFailedError(text(), why);
    }
}
