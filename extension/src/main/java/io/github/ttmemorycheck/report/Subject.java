package io.github.ttmemorycheck.report;

import java.util.Objects;

/**
 * What a report is about.
 *
 * @param name the test or class as messages name it, for example {@code LlamaTests.decode()} or {@code LlamaTests}
 * @param wholeClass whether it is a class as a whole, judged after all its tests
 * @param startedAtNanos when it began, on the clock of {@link System#nanoTime()}
 */
public record Subject(String name, boolean wholeClass, long startedAtNanos) {

    /**
     * Checks that nothing is missing.
     *
     * @param name as the component says
     * @param wholeClass as the component says
     * @param startedAtNanos as the component says
     */
    public Subject {
        Objects.requireNonNull(name, "name");
    }
}
