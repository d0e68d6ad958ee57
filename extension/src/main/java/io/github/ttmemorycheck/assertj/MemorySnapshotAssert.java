package io.github.ttmemorycheck.assertj;

import static io.github.ttmemorycheck.assertj.ShouldHaveAllocated.shouldHaveAllocated;
import static io.github.ttmemorycheck.assertj.ShouldHaveAllocatedAtMost.shouldHaveAllocatedAtMost;
import static io.github.ttmemorycheck.assertj.ShouldHaveDevices.shouldHaveDevices;
import static io.github.ttmemorycheck.assertj.ShouldHaveNoMemoryOf.shouldHaveNoMemoryOf;
import static io.github.ttmemorycheck.assertj.ShouldHoldNothing.shouldHoldNothing;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what is allocated at one moment. In the examples the snapshot knows devices 0 and 1, and holds one buffer
 * of 36 KiB of DRAM on device 0.
 *
 * <p>Not thread-safe, as other assertions. Not final, so that soft assertions can extend it.
 */
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
     * // passes
     * assertThat(beforeAnyAllocation).isEmpty();
     *
     * // fails
     * assertThat(snapshot).isEmpty();
     * </code></pre>
     *
     * @return this assertion
     * @throws AssertionError when the actual snapshot is null, or memory is allocated
     */
    public MemorySnapshotAssert isEmpty() {
        isNotNull();
        if (!Memory.allocatedIn(actual).isNone()) {
            throwAssertionError(shouldHoldNothing(actual));
        }
        return this;
    }

    /**
     * Verifies that a device has an amount of a kind allocated, no more and no less.
     *
     * <pre><code class="java">
     * // passes
     * assertThat(snapshot).hasAllocated(0, MemoryKind.DRAM, "36KiB");
     *
     * // fails
     * assertThat(snapshot).hasAllocated(0, MemoryKind.DRAM, "48KiB");
     * </code></pre>
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @param size the amount as text, such as {@code "36KiB"}, as {@link ByteSize#parse} reads it
     * @return this assertion
     * @throws AssertionError when the actual snapshot is null, or another amount is allocated
     * @throws IllegalArgumentException when the text is not a size
     */
    public MemorySnapshotAssert hasAllocated(int device, MemoryKind kind, String size) {
        return hasAllocated(device, kind, ByteSize.parse(size).bytes());
    }

    /**
     * Verifies that a device has an amount of a kind allocated, no more and no less.
     *
     * <pre><code class="java">
     * // passes
     * assertThat(snapshot).hasAllocated(0, MemoryKind.DRAM, 36 * 1024);
     *
     * // fails
     * assertThat(snapshot).hasAllocated(0, MemoryKind.DRAM, 48 * 1024);
     * </code></pre>
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @param bytes the amount in bytes, 0 or more
     * @return this assertion
     * @throws AssertionError when the actual snapshot is null, or another amount is allocated
     * @throws IllegalArgumentException when the amount is negative
     */
    public MemorySnapshotAssert hasAllocated(int device, MemoryKind kind, long bytes) {
        isNotNull();
        long expected = new ByteSize(bytes).bytes();
        if (actual.allocated(device, kind) != expected) {
            throwAssertionError(shouldHaveAllocated(device, kind, expected, actual));
        }
        return this;
    }

    /**
     * Verifies that no device has more than an amount of a kind allocated. It is allowed on each device, not in all.
     *
     * <pre><code class="java">
     * // passes
     * assertThat(snapshot).hasAllocatedAtMost(MemoryKind.DRAM, "36KiB");
     *
     * // fails
     * assertThat(snapshot).hasAllocatedAtMost(MemoryKind.DRAM, "12KiB");
     * </code></pre>
     *
     * @param kind the kind of memory
     * @param size the amount as text, such as {@code "36KiB"}, as {@link ByteSize#parse} reads it
     * @return this assertion
     * @throws AssertionError when the actual snapshot is null, or a device has more
     * @throws IllegalArgumentException when the text is not a size
     */
    public MemorySnapshotAssert hasAllocatedAtMost(MemoryKind kind, String size) {
        return hasAllocatedAtMost(kind, ByteSize.parse(size).bytes());
    }

    /**
     * Verifies that no device has more than an amount of a kind allocated. It is allowed on each device, not in all.
     *
     * <pre><code class="java">
     * // passes
     * assertThat(snapshot).hasAllocatedAtMost(MemoryKind.DRAM, 36 * 1024);
     *
     * // fails
     * assertThat(snapshot).hasAllocatedAtMost(MemoryKind.DRAM, 12 * 1024);
     * </code></pre>
     *
     * @param kind the kind of memory
     * @param bytes the amount in bytes, 0 or more
     * @return this assertion
     * @throws AssertionError when the actual snapshot is null, or a device has more
     * @throws IllegalArgumentException when the amount is negative
     */
    public MemorySnapshotAssert hasAllocatedAtMost(MemoryKind kind, long bytes) {
        isNotNull();
        long limit = new ByteSize(bytes).bytes();
        if (!Memory.allocatedIn(actual).over(kind, limit).isNone()) {
            throwAssertionError(shouldHaveAllocatedAtMost(kind, limit, actual));
        }
        return this;
    }

    /**
     * Verifies that a device has no more than an amount of a kind allocated.
     *
     * <pre><code class="java">
     * // passes
     * assertThat(snapshot).hasAllocatedAtMost(0, MemoryKind.DRAM, "36KiB");
     *
     * // fails
     * assertThat(snapshot).hasAllocatedAtMost(0, MemoryKind.DRAM, "12KiB");
     * </code></pre>
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @param size the amount as text, such as {@code "36KiB"}, as {@link ByteSize#parse} reads it
     * @return this assertion
     * @throws AssertionError when the actual snapshot is null, or more is allocated
     * @throws IllegalArgumentException when the text is not a size
     */
    public MemorySnapshotAssert hasAllocatedAtMost(int device, MemoryKind kind, String size) {
        return hasAllocatedAtMost(device, kind, ByteSize.parse(size).bytes());
    }

    /**
     * Verifies that a device has no more than an amount of a kind allocated.
     *
     * <pre><code class="java">
     * // passes
     * assertThat(snapshot).hasAllocatedAtMost(0, MemoryKind.DRAM, 36 * 1024);
     *
     * // fails
     * assertThat(snapshot).hasAllocatedAtMost(0, MemoryKind.DRAM, 12 * 1024);
     * </code></pre>
     *
     * @param device the device's number
     * @param kind the kind of memory
     * @param bytes the amount in bytes, 0 or more
     * @return this assertion
     * @throws AssertionError when the actual snapshot is null, or more is allocated
     * @throws IllegalArgumentException when the amount is negative
     */
    public MemorySnapshotAssert hasAllocatedAtMost(int device, MemoryKind kind, long bytes) {
        isNotNull();
        long limit = new ByteSize(bytes).bytes();
        if (actual.allocated(device, kind) > limit) {
            throwAssertionError(shouldHaveAllocatedAtMost(device, kind, limit, actual));
        }
        return this;
    }

    /**
     * Verifies that there are figures for these devices and for no others. A device has figures once it was heard of, even
     * when nothing is allocated on it.
     *
     * <pre><code class="java">
     * // passes
     * assertThat(snapshot).hasDevices(0, 1);
     *
     * // fails
     * assertThat(snapshot).hasDevices(0, 1, 2);
     * </code></pre>
     *
     * @param devices the device numbers, in any order
     * @return this assertion
     * @throws AssertionError when the actual snapshot is null, or there are figures for other devices
     */
    public MemorySnapshotAssert hasDevices(int... devices) {
        isNotNull();
        NavigableSet<Integer> expected = new TreeSet<>();
        Arrays.stream(devices).forEach(expected::add);
        if (!actual.devices().equals(expected)) {
            throwAssertionError(shouldHaveDevices(expected, actual));
        }
        return this;
    }

    /**
     * Verifies that no memory of a kind is allocated, on any device.
     *
     * <pre><code class="java">
     * // passes
     * assertThat(snapshot).hasNoMemoryOf(MemoryKind.TRACE);
     *
     * // fails
     * assertThat(snapshot).hasNoMemoryOf(MemoryKind.DRAM);
     * </code></pre>
     *
     * @param kind the kind of memory
     * @return this assertion
     * @throws AssertionError when the actual snapshot is null, or memory of the kind is allocated
     */
    public MemorySnapshotAssert hasNoMemoryOf(MemoryKind kind) {
        isNotNull();
        if (!Memory.allocatedIn(actual).where((device, of) -> of == kind).isNone()) {
            throwAssertionError(shouldHaveNoMemoryOf(kind, actual));
        }
        return this;
    }

    /**
     * Goes on with what changed since an earlier snapshot of the same tracker; the description goes along.
     *
     * <pre><code class="java">
     * // passes
     * assertThat(snapshot).sinceSnapshot(snapshot).isClean();
     *
     * // fails
     * assertThat(snapshot).sinceSnapshot(beforeAnyAllocation).isClean();
     * </code></pre>
     *
     * @param earlier the earlier snapshot
     * @return assertions on the difference
     * @throws AssertionError when the actual snapshot is null
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
}
