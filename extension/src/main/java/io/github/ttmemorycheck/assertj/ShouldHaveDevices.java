package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.assertj.core.error.ErrorMessageFactory;

/** Says that a snapshot has figures for other devices than it should. */
final class ShouldHaveDevices extends PlainErrorMessageFactory {

    private ShouldHaveDevices(
            NavigableSet<Integer> expected,
            NavigableSet<Integer> actual,
            NavigableSet<Integer> missing,
            NavigableSet<Integer> unexpected) {
        super(
                "There should be figures for %s, but there are for %s"
                        + "\n  missing:    %s"
                        + "\n  unexpected: %s"
                        + "\n  to fix:     open the missing devices with TT_ALLOC_TRACKING_ENABLED=1 set, or state those there are",
                Figures.devices(expected),
                Figures.devices(actual),
                Figures.devices(missing),
                Figures.devices(unexpected));
    }

    static ErrorMessageFactory shouldHaveDevices(NavigableSet<Integer> expected, MemorySnapshot snapshot) {
        NavigableSet<Integer> actual = snapshot.devices();
        return new ShouldHaveDevices(expected, actual, without(expected, actual), without(actual, expected));
    }

    private static NavigableSet<Integer> without(NavigableSet<Integer> all, NavigableSet<Integer> those) {
        NavigableSet<Integer> rest = new TreeSet<>(all);
        rest.removeAll(those);
        return rest;
    }
}
