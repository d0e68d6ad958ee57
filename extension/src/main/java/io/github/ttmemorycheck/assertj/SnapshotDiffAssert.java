package io.github.ttmemorycheck.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what changed between two snapshots. In the examples one buffer of 36 KiB of DRAM was left on device 0,
 * and one of 12 KiB of DRAM was released on device 1.
 *
 * <p>What was left is counted by buffer where buffers are known, so that memory freed meanwhile hides nothing. Where
 * only totals are known it is what each process holds more than before, if that is known, and the difference of the
 * totals otherwise; what was released is the difference of the totals then.
 *
 * <p>Every assertion throws an {@link AssertionError} when it does not hold or the actual value is null, and takes
 * sizes as {@link ByteSize#parse} reads them, which refuses what is not a size.
 *
 * <p>Not thread-safe, as other assertions. Not final, so that soft assertions can extend it.
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class SnapshotDiffAssert extends AbstractAssert<SnapshotDiffAssert, SnapshotDiff> {

    /**
     * Starts to assert; {@link TtMemoryAssertions#assertThat(SnapshotDiff)} reads better.
     *
     * @param actual the difference to look at
     */
    public SnapshotDiffAssert(@Nullable SnapshotDiff actual) {
        super(actual, SnapshotDiffAssert.class);
    }

    /**
     * Verifies that nothing was left, on any device.
     *
     * <pre><code class="java">
     * assertThat(beforeTest.since(beforeTest)).isClean(); // passes
     * assertThat(afterTest.since(beforeTest)).isClean(); // fails
     * </code></pre>
     *
     * @return this assertion
     */
    public SnapshotDiffAssert isClean() {
        Memory left = left();
        return verify(left.isNone(), () -> Messages.shouldLeaveNothing(left));
    }

    /**
     * Verifies that nothing was left on a device. A device that nothing is known of is clean.
     *
     * <pre><code class="java">
     * assertThat(diff).isCleanOn(1); // passes
     * assertThat(diff).isCleanOn(0); // fails
     * </code></pre>
     *
     * @param device the device's number
     * @return this assertion
     */
    public SnapshotDiffAssert isCleanOn(int device) {
        Memory left = left().where(pool -> pool.device() == device);
        return verify(left.isNone(), () -> Messages.shouldLeaveNothingOn(device, left));
    }

    /**
     * Verifies that no device was left with more than an amount of a kind. It is allowed on each device, not in all.
     *
     * <pre><code class="java">
     * assertThat(diff).leavesAtMost(MemoryKind.DRAM, "36KiB"); // passes
     * assertThat(diff).leavesAtMost(MemoryKind.DRAM, "12KiB"); // fails
     * </code></pre>
     *
     * @param kind the kind of memory
     * @param size the amount, such as {@code "36KiB"}
     * @return this assertion
     */
    public SnapshotDiffAssert leavesAtMost(MemoryKind kind, String size) {
        Memory left = left();
        long limit = ByteSize.parse(size).bytes();
        Memory over = left.over(kind, limit);
        return verify(over.isNone(), () -> Messages.shouldBeAtMost("leavesAtMost", kind, limit, over));
    }

    /**
     * Verifies that a device was left with no more than an amount of a kind.
     *
     * <pre><code class="java">
     * assertThat(diff).leavesAtMost(0, MemoryKind.DRAM, "36KiB"); // passes
     * assertThat(diff).leavesAtMost(0, MemoryKind.DRAM, "12KiB"); // fails
     * </code></pre>
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @param size the amount, such as {@code "36KiB"}
     * @return this assertion
     */
    public SnapshotDiffAssert leavesAtMost(int device, MemoryKind kind, String size) {
        MemoryPool pool = new MemoryPool(device, kind);
        Memory left = left().where(pool::equals);
        long limit = ByteSize.parse(size).bytes();
        return verify(
                left.totals().of(pool) <= limit, () -> Messages.shouldBeAtMost("leavesAtMost", pool, limit, left));
    }

    /**
     * Verifies that a device was left with an amount of a kind, no more and no less.
     *
     * <pre><code class="java">
     * assertThat(diff).leavesExactly(0, MemoryKind.DRAM, "36KiB"); // passes
     * assertThat(diff).leavesExactly(0, MemoryKind.DRAM, "48KiB"); // fails
     * </code></pre>
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @param size the amount, such as {@code "36KiB"}
     * @return this assertion
     */
    public SnapshotDiffAssert leavesExactly(int device, MemoryKind kind, String size) {
        MemoryPool pool = new MemoryPool(device, kind);
        Memory left = left().where(pool::equals);
        long expected = ByteSize.parse(size).bytes();
        return verify(left.totals().of(pool) == expected, () -> Messages.shouldLeaveExactly(pool, expected, left));
    }

    /**
     * Verifies that nothing was left on any device but memory of some kinds, of which any amount may be left.
     *
     * <pre><code class="java">
     * assertThat(diff).leavesNothingBut(MemoryKind.DRAM, MemoryKind.L1); // passes
     * assertThat(diff).leavesNothingBut(MemoryKind.TRACE); // fails
     * </code></pre>
     *
     * @param kinds the kinds that may be left, one or more
     * @return this assertion
     * @throws IllegalArgumentException when no kind is given: that is {@link #isClean()}
     */
    public SnapshotDiffAssert leavesNothingBut(MemoryKind... kinds) {
        Memory left = left();
        if (kinds.length == 0) {
            throw new IllegalArgumentException(
                    "leavesNothingBut() needs one kind of memory or more, not none; isClean() allows none");
        }
        Set<MemoryKind> allowed = EnumSet.copyOf(List.of(kinds));
        Memory others = left.where(pool -> !allowed.contains(pool.kind()));
        return verify(others.isNone(), () -> Messages.shouldLeaveNothingBut(allowed, others));
    }

    /**
     * Verifies that a device released an amount of a kind that it held at the earlier moment, no more and no less. What
     * a process held that ended meanwhile counts as released.
     *
     * <pre><code class="java">
     * assertThat(diff).hasReleased(1, MemoryKind.DRAM, "12KiB"); // passes
     * assertThat(diff).hasReleased(0, MemoryKind.DRAM, "12KiB"); // fails
     * </code></pre>
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @param size the amount, such as {@code "36KiB"}
     * @return this assertion
     */
    public SnapshotDiffAssert hasReleased(int device, MemoryKind kind, String size) {
        isNotNull();
        MemoryPool pool = new MemoryPool(device, kind);
        Memory released = Memory.releasedIn(actual).where(pool::equals);
        long expected = ByteSize.parse(size).bytes();
        return verify(
                released.totals().of(pool) == expected,
                () -> Messages.shouldHaveReleased(pool, expected, released, actual.before()));
    }

    /**
     * Verifies how many buffers were left, on all devices and of all kinds.
     *
     * <pre><code class="java">
     * assertThat(diff).hasBuffersLeft(1); // passes
     * assertThat(diff).hasBuffersLeft(2); // fails
     * </code></pre>
     *
     * @param count the number of buffers, 0 or more
     * @return this assertion
     * @throws IllegalArgumentException when the number is negative
     */
    public SnapshotDiffAssert hasBuffersLeft(int count) {
        Memory left = left();
        if (count < 0) {
            throw new IllegalArgumentException("a number of buffers must be 0 or more, not " + count);
        }
        verify(left.buffersKnown(), () -> Messages.shouldKnowBuffers("hasBuffersLeft(" + count + ")", left));
        return verify(left.buffers().size() == count, () -> Messages.shouldHaveBuffersLeft(count, left));
    }

    private Memory left() {
        isNotNull();
        return Memory.leftIn(actual);
    }

    private SnapshotDiffAssert verify(boolean holds, Supplier<PlainMessage> message) {
        if (!holds) {
            throwAssertionError(message.get());
        }
        return this;
    }
}
