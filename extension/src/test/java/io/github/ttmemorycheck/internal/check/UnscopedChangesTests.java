package io.github.ttmemorycheck.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UnscopedChangesTests {

    private final MemoryTracker tracker = mock(MemoryTracker.class);
    private final UnscopedChanges changes = new UnscopedChanges(tracker);
    private final long start = System.nanoTime();

    private void change(OptionalLong count, boolean inScope) {
        when(tracker.changesInTotals()).thenReturn(count);
        changes.count(inScope);
    }

    @Test
    void what_changes_before_a_scope_and_in_it_is_told_from_what_changes_after_it() {
        change(OptionalLong.of(3), false);
        change(OptionalLong.of(5), true);
        changes.closed();
        change(OptionalLong.of(5), false);
        assertThat(changes.areAfterAScope(start)).isFalse();

        change(OptionalLong.of(6), false);
        assertThat(changes.areAfterAScope(start)).isTrue();
        assertThat(changes.areAfterAScope(System.nanoTime()))
                .as("no scope since then")
                .isFalse();
    }

    @Test
    void a_source_that_speaks_no_longer_is_a_change() {
        change(OptionalLong.of(5), true);
        changes.closed();
        change(OptionalLong.of(2), false);

        assertThat(changes.areAfterAScope(start)).isTrue();
    }

    @Test
    void where_changes_may_not_be_seen_there_may_be_one() {
        change(OptionalLong.empty(), true);
        changes.closed();
        change(OptionalLong.empty(), false);

        assertThat(changes.areAfterAScope(start)).isTrue();
    }
}
