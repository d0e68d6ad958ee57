package io.github.ttmemorycheck.assertj;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import org.apiguardian.api.API;
import org.assertj.core.annotation.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * Entry point of the AssertJ assertions on device memory. Import {@code assertThat} statically, next to AssertJ's own.
 *
 * <pre><code class="java">
 * import static io.github.ttmemorycheck.assertj.TtMemoryAssertions.assertThat;
 *
 * MemorySnapshot before = memory.snapshot();
 * model.decode();
 * assertThat(memory.since(before)).leavesNothingBut(MemoryKind.KERNEL).leavesAtMost(MemoryKind.KERNEL, "36KiB");
 * </code></pre>
 *
 * <p>Needs AssertJ 3 on the class path; the rest of the library does not. Soft assertions work through AssertJ's own
 * {@code SoftAssertions.proxy(SnapshotDiffAssert.class, SnapshotDiff.class, diff)}.
 */
@API(status = EXPERIMENTAL, since = "0.1")
@CheckReturnValue
public final class TtMemoryAssertions {

    private TtMemoryAssertions() {}

    /**
     * Starts assertions on what is allocated at one moment.
     *
     * @param actual the snapshot; assertions on null fail
     * @return the assertions
     */
    public static MemorySnapshotAssert assertThat(@Nullable MemorySnapshot actual) {
        return new MemorySnapshotAssert(actual);
    }

    /**
     * Starts assertions on what changed between two moments.
     *
     * @param actual the difference; assertions on null fail
     * @return the assertions
     */
    public static SnapshotDiffAssert assertThat(@Nullable SnapshotDiff actual) {
        return new SnapshotDiffAssert(actual);
    }
}
