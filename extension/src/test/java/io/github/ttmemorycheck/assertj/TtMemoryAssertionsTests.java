package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.Snapshots.KIB;
import static io.github.ttmemorycheck.assertj.Snapshots.NOTHING;
import static io.github.ttmemorycheck.assertj.Snapshots.buffer;
import static io.github.ttmemorycheck.assertj.Snapshots.failureOf;
import static io.github.ttmemorycheck.assertj.Snapshots.holding;
import static io.github.ttmemorycheck.assertj.Snapshots.message;
import static io.github.ttmemorycheck.assertj.Snapshots.messageOf;
import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactory;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TtMemoryAssertionsTests {

    private static final MemorySnapshot HELD = holding(buffer(1, 0, MemoryKind.DRAM, 36 * KIB));

    private static final SnapshotDiff LEAK = HELD.since(NOTHING);

    static Stream<Consumer<SnapshotDiffAssert>> assertions_on_a_difference() {
        return Stream.of(
                SnapshotDiffAssert::isClean,
                diff -> diff.isCleanOn(0),
                diff -> diff.leavesAtMost(MemoryKind.DRAM, "0B"),
                diff -> diff.leavesAtMost(0, MemoryKind.DRAM, "0B"),
                diff -> diff.leavesExactly(0, MemoryKind.DRAM, "0B"),
                diff -> diff.leavesNothingBut(MemoryKind.L1),
                diff -> diff.hasReleased(0, MemoryKind.DRAM, "1B"),
                diff -> diff.hasBuffersLeft(0));
    }

    static Stream<Consumer<MemorySnapshotAssert>> assertions_on_a_snapshot() {
        return Stream.of(
                MemorySnapshotAssert::isEmpty,
                snapshot -> snapshot.hasAllocated(0, MemoryKind.DRAM, "0B"),
                snapshot -> snapshot.hasAllocatedAtMost(MemoryKind.DRAM, "0B"),
                snapshot -> snapshot.hasAllocatedAtMost(0, MemoryKind.DRAM, "0B"),
                snapshot -> snapshot.hasDevices(7),
                snapshot -> snapshot.hasNoMemoryOf(MemoryKind.DRAM),
                snapshot -> snapshot.sinceSnapshot(NOTHING).isClean());
    }

    @ParameterizedTest
    @MethodSource("assertions_on_a_difference")
    void a_difference_that_is_null_fails_as_in_assertj(Consumer<SnapshotDiffAssert> assertion) {
        assertThat(failureOf(() -> assertion.accept(assertThat((SnapshotDiff) null))))
                .isEqualToIgnoringNewLines("Expecting actual not to be null");
    }

    @ParameterizedTest
    @MethodSource("assertions_on_a_snapshot")
    void a_snapshot_that_is_null_fails_as_in_assertj(Consumer<MemorySnapshotAssert> assertion) {
        assertThat(failureOf(() -> assertion.accept(assertThat((MemorySnapshot) null))))
                .isEqualToIgnoringNewLines("Expecting actual not to be null");
    }

    @ParameterizedTest
    @MethodSource("assertions_on_a_difference")
    void the_description_of_a_difference_comes_first(Consumer<SnapshotDiffAssert> assertion) {
        assertThat(failureOf(() -> assertion.accept(assertThat(LEAK).as("decode at 100%"))))
                .startsWith("[decode at 100%] ");
    }

    @ParameterizedTest
    @MethodSource("assertions_on_a_snapshot")
    void the_description_of_a_snapshot_comes_first(Consumer<MemorySnapshotAssert> assertion) {
        assertThat(failureOf(() -> assertion.accept(assertThat(HELD).as("decode at 100%"))))
                .startsWith("[decode at 100%] ");
    }

    @ParameterizedTest
    @MethodSource("assertions_on_a_snapshot")
    void a_message_of_ones_own_replaces_ours(Consumer<MemorySnapshotAssert> assertion) {
        assertThat(failureOf(() -> assertion.accept(assertThat(HELD).withFailMessage("100% mine"))))
                .isEqualTo("100% mine");
    }

    @Test
    void a_representation_does_not_touch_the_figures() {
        assertThat(failureOf(() -> assertThat(HELD)
                        .withRepresentation(object -> "<" + object + ">")
                        .hasAllocated(10, MemoryKind.L1, "10B")))
                .startsWith("Exactly 10 B of L1 should be allocated on device 10, but there is nothing\n");
    }

    @Test
    void a_percent_sign_in_a_command_survives() {
        SnapshotDiff diff = holding("run --at 100% %s %d %n", buffer(1, 0, MemoryKind.DRAM, 36 * KIB))
                .since(NOTHING);

        assertThat(failureOf(() -> assertThat(diff).as("%s", "50%").isCleanOn(0)))
                .isEqualTo(message("""
                [50%] Nothing should be left on device 0, but there is 36 KiB of DRAM on device 0
                  1 buffer left, 36 KiB, of pid 4711 run --at 100% %s %d %n
                    device 0  DRAM  0x00001000  36 KiB
                  to fix:   free it before the later snapshot is taken
                  to allow: leavesAtMost(0, DRAM, "36KiB")
                """));
    }

    @Test
    void a_snapshot_leads_to_what_changed_since_an_earlier_one() {
        assertThat(HELD).sinceSnapshot(HELD).isClean();
        assertThat(HELD).sinceSnapshot(NOTHING).leavesExactly(0, MemoryKind.DRAM, "36KiB");
        assertThat(NOTHING).sinceSnapshot(HELD).hasReleased(0, MemoryKind.DRAM, "36KiB");
    }

    @Test
    @SuppressWarnings("NullAway")
    void an_earlier_snapshot_that_is_null_is_refused() {
        assertThatNullPointerException()
                .isThrownBy(() -> assertThat(HELD).sinceSnapshot(null))
                .withMessage("earlier");
    }

    @Test
    void soft_assertions_collect_every_failure() {
        SoftAssertions softly = new SoftAssertions();
        softly.proxy(SnapshotDiffAssert.class, SnapshotDiff.class, LEAK)
                .isClean()
                .isCleanOn(1)
                .hasBuffersLeft(2);
        softly.proxy(MemorySnapshotAssert.class, MemorySnapshot.class, HELD).isEmpty();

        assertThat(softly.assertionErrorsCollected())
                .extracting(failure -> messageOf(failure).lines().findFirst().orElse(""))
                .containsExactly(
                        "Nothing should be left, but there is 36 KiB of DRAM on device 0",
                        "2 buffers should be left, but there is 1",
                        "Nothing should be allocated, but there is 36 KiB of DRAM on device 0");
    }

    @Test
    void an_object_can_be_narrowed_to_a_difference() {
        Object object = LEAK;

        assertThat(object)
                .asInstanceOf(new InstanceOfAssertFactory<>(SnapshotDiff.class, TtMemoryAssertions::assertThat))
                .hasBuffersLeft(1);
    }
}
