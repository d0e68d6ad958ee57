package io.github.ttmemorycheck.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what is allocated at one moment. In the examples the snapshot knows devices 0 and 1, and holds one
 * buffer of 36 KiB of DRAM on device 0.
 *
 * <p>Every assertion throws an {@link AssertionError} when it does not hold or the actual value is null, and takes
 * sizes as {@link ByteSize#parse} reads them, which refuses what is not a size.
 *
 * <p>Not thread-safe, as other assertions. Not final, so that soft assertions can extend it.
 */
@API(status = EXPERIMENTAL, since = "0.1")
public class MemorySnapshotAssert extends AbstractAssert<MemorySnapshotAssert, MemorySnapshot> {

    /**
     * Starts to assert; {@link TtMemoryAssertions#assertThat(MemorySnapshot)} reads better.
     *
     * @param actual the snapshot to look at
     */
    public MemorySnapshotAssert(@Nullable MemorySnapshot actual) {
        super(actual, MemorySnapshotAssert.class);
    }

    /**
     * Verifies that nothing is allocated, on any device.
     *
     * <pre><code class="java">
     * assertThat(beforeAnyAllocation).isEmpty(); // passes
     * assertThat(snapshot).isEmpty(); // fails
     * </code></pre>
     *
     * @return this assertion
     */
    public MemorySnapshotAssert isEmpty() {
        Memory allocated = allocated();
        return verify(allocated.isNone(), () -> Messages.shouldHoldNothing(allocated));
    }

    /**
     * Verifies that a device has an amount of a kind allocated, no more and no less.
     *
     * <pre><code class="java">
     * assertThat(snapshot).hasAllocated(0, MemoryKind.DRAM, "36KiB"); // passes
     * assertThat(snapshot).hasAllocated(0, MemoryKind.DRAM, "48KiB"); // fails
     * </code></pre>
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @param size the amount, such as {@code "36KiB"}
     * @return this assertion
     */
    public MemorySnapshotAssert hasAllocated(int device, MemoryKind kind, String size) {
        MemoryPool pool = new MemoryPool(device, kind);
        Memory allocated = allocated().where(pool::equals);
        long expected = ByteSize.parse(size).bytes();
        return verify(
                allocated.totals().of(pool) == expected, () -> Messages.shouldHaveAllocated(pool, expected, allocated));
    }

    /**
     * Verifies that no device has more than an amount of a kind allocated. It is allowed on each device, not in all.
     *
     * <pre><code class="java">
     * assertThat(snapshot).hasAllocatedAtMost(MemoryKind.DRAM, "36KiB"); // passes
     * assertThat(snapshot).hasAllocatedAtMost(MemoryKind.DRAM, "12KiB"); // fails
     * </code></pre>
     *
     * @param kind the kind of memory
     * @param size the amount, such as {@code "36KiB"}
     * @return this assertion
     */
    public MemorySnapshotAssert hasAllocatedAtMost(MemoryKind kind, String size) {
        Memory allocated = allocated();
        long limit = ByteSize.parse(size).bytes();
        Memory over = allocated.over(kind, limit);
        return verify(over.isNone(), () -> Messages.shouldBeAtMost("hasAllocatedAtMost", kind, limit, over));
    }

    /**
     * Verifies that a device has no more than an amount of a kind allocated.
     *
     * <pre><code class="java">
     * assertThat(snapshot).hasAllocatedAtMost(0, MemoryKind.DRAM, "36KiB"); // passes
     * assertThat(snapshot).hasAllocatedAtMost(0, MemoryKind.DRAM, "12KiB"); // fails
     * </code></pre>
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @param size the amount, such as {@code "36KiB"}
     * @return this assertion
     */
    public MemorySnapshotAssert hasAllocatedAtMost(int device, MemoryKind kind, String size) {
        MemoryPool pool = new MemoryPool(device, kind);
        Memory allocated = allocated().where(pool::equals);
        long limit = ByteSize.parse(size).bytes();
        return verify(
                allocated.totals().of(pool) <= limit,
                () -> Messages.shouldBeAtMost("hasAllocatedAtMost", pool, limit, allocated));
    }

    /**
     * Verifies that there are figures for these devices and for no others. A device has figures once it was heard of,
     * even when nothing is allocated on it.
     *
     * <pre><code class="java">
     * assertThat(snapshot).hasDevices(0, 1); // passes
     * assertThat(snapshot).hasDevices(0, 1, 2); // fails
     * </code></pre>
     *
     * @param devices the device numbers, in any order
     * @return this assertion
     */
    public MemorySnapshotAssert hasDevices(int... devices) {
        NavigableSet<Integer> actually = allocated().totals().devices();
        NavigableSet<Integer> expected = new TreeSet<>();
        Arrays.stream(devices).forEach(expected::add);
        return verify(actually.equals(expected), () -> Messages.shouldHaveDevices(expected, actually));
    }

    /**
     * Verifies that no memory of a kind is allocated, on any device.
     *
     * <pre><code class="java">
     * assertThat(snapshot).hasNoMemoryOf(MemoryKind.TRACE); // passes
     * assertThat(snapshot).hasNoMemoryOf(MemoryKind.DRAM); // fails
     * </code></pre>
     *
     * @param kind the kind of memory
     * @return this assertion
     */
    public MemorySnapshotAssert hasNoMemoryOf(MemoryKind kind) {
        Memory allocated = allocated().where(pool -> pool.kind() == kind);
        return verify(allocated.isNone(), () -> Messages.shouldHaveNoMemoryOf(kind, allocated));
    }

    /**
     * Goes on with what changed since an earlier snapshot of the same tracker; the description goes along.
     *
     * <pre><code class="java">
     * assertThat(snapshot).sinceSnapshot(snapshot).isClean(); // passes
     * assertThat(snapshot).sinceSnapshot(beforeAnyAllocation).isClean(); // fails
     * </code></pre>
     *
     * @param earlier the earlier snapshot
     * @return assertions on the difference
     */
    public SnapshotDiffAssert sinceSnapshot(MemorySnapshot earlier) {
        isNotNull();
        Objects.requireNonNull(earlier, "earlier");
        SnapshotDiffAssert next = new SnapshotDiffAssert(actual.since(earlier));
        next.info.description(info.description());
        next.info.overridingErrorMessage(info::overridingErrorMessage);
        next.info.useRepresentation(info.representation());
        return next;
    }

    private Memory allocated() {
        isNotNull();
        return Memory.allocatedIn(actual);
    }

    private MemorySnapshotAssert verify(boolean holds, Supplier<PlainMessage> message) {
        if (!holds) {
            throwAssertionError(message.get());
        }
        return this;
    }
}
