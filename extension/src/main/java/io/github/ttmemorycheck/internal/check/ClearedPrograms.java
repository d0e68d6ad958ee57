package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.text.Wording;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What program caches held after repetitions that call the same, where they were cleared after each. Each begins with
 * an empty cache then, so that compiling again says nothing of its keys; compiling more and more does say that the
 * calls are not the same.
 */
final class ClearedPrograms {

    /** With fewer, a rise may be a single event. */
    private static final int LEAST_REPETITIONS = 3;

    private ClearedPrograms() {}

    /** Says that they held more after each repetition than after the one before. */
    static Optional<String> rising(List<Long> found) {
        boolean rises = found.size() >= LEAST_REPETITIONS
                && IntStream.range(1, found.size()).allMatch(i -> found.get(i) > found.get(i - 1));
        return rises
                ? Optional.of("the program caches held more programs after each repetition, "
                        + Wording.number(found.get(0)) + " at first and " + Wording.number(found.get(found.size() - 1))
                        + " at last, although they were cleared after each; a repetition that calls the same compiles"
                        + " as many")
                : Optional.empty();
    }

    /** Says that they held as many after each, and how it shows whether equal calls find their programs. */
    static Optional<String> alike(List<Long> found) {
        return found.size() > 1 && found.get(0) > 0 && found.stream().distinct().count() == 1
                ? Optional.of("the program caches held " + Wording.count(found.get(0), "program")
                        + " after each, compiled again since they were cleared; whether equal calls find their programs"
                        + " shows where they stay warm (AFTER_ALL)")
                : Optional.empty();
    }
}
