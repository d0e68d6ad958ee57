package io.github.ttmemorycheck.internal.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.server.Eventually;
import io.github.ttmemorycheck.snapshot.EndedProcess;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every tracker promises, whatever it reads. A subclass opens its tracker before each test, on a world of its own
 * in which nothing is allocated, and closes both after it.
 *
 * <p>When a hook returns, the tracker must be able to see what it did.
 */
@Timeout(60)
public abstract class MemoryTrackerContractTests {

    private static final long KIB = 1024;
    private static final long FIRST = 0x1000;
    private static final long SECOND = 0x20000;
    private static final long THIRD = 0x300000;

    private @Nullable Child holder;

    @AfterEach
    void endHolder() throws IOException {
        if (holder != null) {
            holder.close();
        }
    }

    private Child hold(List<Integer> devices) throws Exception {
        holder = startHolder(devices, MemoryKind.DRAM, THIRD, 36 * KIB);
        return holder;
    }

    /** Returns the tracker under test. */
    protected abstract MemoryTracker tracker();

    /** Returns the kinds of memory that it is told of, DRAM and L1 at least. */
    protected abstract Set<MemoryKind> kinds();

    /** Tells whether it sees a process end without freeing, and says so. */
    protected abstract boolean seesProcessesEnd();

    /** Allocates a buffer from a process that lives as long as the test; the device becomes known. */
    protected abstract void allocate(int device, MemoryKind kind, long address, long bytes) throws Exception;

    /** Frees what {@link #allocate} allocated. */
    protected abstract void free(int device, MemoryKind kind, long address, long bytes) throws Exception;

    /** Starts a process that allocates a buffer on each of some devices and waits; it is ended after the test. */
    protected abstract Child startHolder(List<Integer> devices, MemoryKind kind, long address, long bytes)
            throws Exception;

    /** Takes away what the tracker reads, or closes it. */
    protected abstract void makeBlind() throws Exception;

    @Test
    void the_description_says_what_it_is_and_where_it_looks() throws Exception {
        assertThat(tracker().description())
                .matches("[a-z-]+( allocation server)? tracker, \\S.*")
                .doesNotContain("\n");
        makeBlind();
        assertThat(tracker().description()).isNotBlank();
    }

    @Test
    void nothing_is_held_at_first() {
        MemorySnapshot snapshot = tracker().snapshot();
        assertThat(snapshot.totals().isZero()).isTrue();
        assertThat(snapshot.buffers()).isEmpty();
        try (MemoryTracker.Mark mark = tracker().mark()) {
            assertThat(mark.totals().isZero()).isTrue();
            assertThat(mark.order()).isZero();
            SnapshotDiff diff = tracker().since(mark);
            assertThat(diff.isClean()).isTrue();
            assertThat(diff.ended()).isEmpty();
        }
    }

    @Test
    void totals_are_right_for_each_device_and_kind() throws Exception {
        MemoryTotals.Builder expected = MemoryTotals.builder();
        for (int device : List.of(0, 3)) {
            long address = FIRST;
            for (MemoryKind kind : kinds()) {
                long bytes = (device + 1) * address;
                allocate(device, kind, address, bytes);
                expected.add(device, kind, bytes);
                address += FIRST;
            }
        }
        MemoryTotals totals = tracker().snapshot().totals();
        for (int device : List.of(0, 3)) {
            for (MemoryKind kind : MemoryKind.values()) {
                assertThat(totals.of(device, kind))
                        .as("%s of device %d", kind, device)
                        .isEqualTo(expected.build().of(device, kind));
            }
        }
        assertThat(totals.devices()).contains(0, 3);
        assertThat(tracker().snapshot().devices()).isEqualTo(totals.devices());
    }

    @Test
    void buffers_are_listed_exactly_where_they_are_known() throws Exception {
        try (MemoryTracker.Mark mark = tracker().mark()) {
            allocate(1, MemoryKind.DRAM, FIRST, 4 * KIB);
            MemorySnapshot snapshot = tracker().snapshot();
            SnapshotDiff diff = tracker().since(mark);
            boolean known = tracker().knowsBuffers();
            assertThat(snapshot.buffersKnown()).isEqualTo(known);
            assertThat(diff.buffersKnown()).isEqualTo(known);
            assertThat(snapshot.buffers()).hasSize(known ? 1 : 0);
            assertThat(diff.left()).isEqualTo(snapshot.buffers());
        }
    }

    @Test
    void a_diff_tells_what_was_left_since_its_mark() throws Exception {
        allocate(0, MemoryKind.DRAM, FIRST, 4 * KIB);
        try (MemoryTracker.Mark mark = tracker().mark()) {
            allocate(0, MemoryKind.DRAM, SECOND, 8 * KIB);
            allocate(2, MemoryKind.L1, THIRD, KIB);
            SnapshotDiff diff = tracker().since(mark);
            assertThat(mark.totals().of(0, MemoryKind.DRAM)).isEqualTo(4 * KIB);
            assertThat(diff.before().of(0, MemoryKind.DRAM)).isEqualTo(4 * KIB);
            assertThat(diff.after().of(0, MemoryKind.DRAM)).isEqualTo(12 * KIB);
            assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(8 * KIB);
            assertThat(diff.left(2, MemoryKind.L1)).isEqualTo(KIB);
            assertThat(diff.left(2, MemoryKind.DRAM)).isZero();
            assertThat(diff.devices()).contains(0, 2);
            assertThat(diff.isClean()).isFalse();
        }
    }

    @Test
    void what_is_freed_is_not_left() throws Exception {
        try (MemoryTracker.Mark mark = tracker().mark()) {
            for (MemoryKind kind : kinds()) {
                allocate(1, kind, FIRST, 4 * KIB);
            }
            assertThat(tracker().since(mark).isClean()).isFalse();
            for (MemoryKind kind : kinds()) {
                free(1, kind, FIRST, 4 * KIB);
            }
            assertThat(tracker().since(mark).isClean()).isTrue();
        }
        assertThat(tracker().snapshot().totals().isZero()).isTrue();
    }

    @Test
    void less_than_before_is_nothing_left_and_never_negative() throws Exception {
        allocate(0, MemoryKind.DRAM, FIRST, 4 * KIB);
        try (MemoryTracker.Mark mark = tracker().mark()) {
            free(0, MemoryKind.DRAM, FIRST, 4 * KIB);
            allocate(0, MemoryKind.L1, SECOND, KIB);
            SnapshotDiff diff = tracker().since(mark);
            assertThat(diff.left(0, MemoryKind.DRAM)).isZero();
            assertThat(diff.left(0, MemoryKind.L1)).isEqualTo(KIB);
            assertThat(diff.after().of(0, MemoryKind.DRAM)).isZero();
        }
    }

    @Test
    void marks_are_independent_and_closing_one_twice_is_harmless() throws Exception {
        MemoryTracker.Mark outer = tracker().mark();
        allocate(0, MemoryKind.DRAM, FIRST, 4 * KIB);
        MemoryTracker.Mark inner = tracker().mark();
        allocate(0, MemoryKind.DRAM, SECOND, 8 * KIB);
        assertThat(inner.takenAtNanos() - outer.takenAtNanos()).isNotNegative();
        assertThat(tracker().since(inner).left(0, MemoryKind.DRAM)).isEqualTo(8 * KIB);
        inner.close();
        inner.close();
        assertThat(tracker().since(outer).left(0, MemoryKind.DRAM)).isEqualTo(12 * KIB);
        outer.close();
        assertThat(outer.totals().isZero()).isTrue();
    }

    @Test
    void a_mark_of_something_else_is_refused() {
        MemoryTracker.Mark other = new MemoryTracker.Mark() {
            @Override
            public MemoryTotals totals() {
                return MemoryTotals.NONE;
            }

            @Override
            public long order() {
                return 0;
            }

            @Override
            public long takenAtNanos() {
                return 0;
            }

            @Override
            public void close() {
                // Nothing is kept.
            }
        };
        assertThatThrownBy(() -> tracker().since(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only by the tracker that made it")
                .hasMessageContaining(tracker().description());
    }

    @Test
    void activity_rises_with_what_happens_and_not_by_itself() throws Exception {
        long atFirst = tracker().activity();
        assertThat(tracker().activity()).isEqualTo(atFirst);
        allocate(0, MemoryKind.DRAM, FIRST, 4 * KIB);
        long once = tracker().activity();
        assertThat(once).isGreaterThan(atFirst);
        free(0, MemoryKind.DRAM, FIRST, 4 * KIB);
        assertThat(tracker().activity()).isGreaterThan(once);
    }

    @Test
    void a_dump_shows_each_device_with_its_figures() throws Exception {
        StringBuilder empty = new StringBuilder();
        tracker().dump(empty);
        assertThat(empty).isNotBlank().endsWith("\n");
        allocate(0, MemoryKind.DRAM, FIRST, 36 * KIB);
        allocate(5, MemoryKind.L1, SECOND, 12 * KIB);
        StringBuilder dump = new StringBuilder();
        tracker().dump(dump);
        assertThat(dump)
                .containsPattern("(?i)device 0\\b")
                .containsPattern("(?i)device 5\\b")
                .contains("DRAM", "36 KiB", "L1", "12 KiB")
                .endsWith("\n");
    }

    @Test
    void a_dump_passes_on_what_its_reader_throws() throws Exception {
        allocate(0, MemoryKind.DRAM, FIRST, 36 * KIB);
        IOException full = new IOException("no space left");
        Appendable broken = new Appendable() {
            @Override
            public Appendable append(CharSequence text) throws IOException {
                throw full;
            }

            @Override
            public Appendable append(CharSequence text, int start, int end) throws IOException {
                throw full;
            }

            @Override
            public Appendable append(char c) throws IOException {
                throw full;
            }
        };
        assertThatThrownBy(() -> tracker().dump(broken)).isSameAs(full);
    }

    @Test
    void what_an_ended_process_held_is_no_leak() throws Exception {
        try (MemoryTracker.Mark before = tracker().mark()) {
            Child process = hold(List.of(0, 2));
            assertThat(tracker().since(before).left(2, MemoryKind.DRAM)).isEqualTo(36 * KIB);
            process.kill();
            if (!seesProcessesEnd()) {
                Eventually.isTrue(
                        "what it held is taken back",
                        () -> tracker().since(before).isClean());
                return;
            }
            SnapshotDiff diff = tracker().since(before);
            assertThat(diff.isClean()).isTrue();
            assertThat(diff.after().of(MemoryKind.DRAM)).isZero();
            assertThat(diff.ended()).extracting(EndedProcess::processId).containsExactly(process.pid());
            EndedProcess ended = diff.ended().get(0);
            assertThat(ended.held().of(0, MemoryKind.DRAM)).isEqualTo(36 * KIB);
            assertThat(ended.held().of(2, MemoryKind.DRAM)).isEqualTo(36 * KIB);
            assertThat(ended.command()).isNotBlank();
            try (MemoryTracker.Mark later = tracker().mark()) {
                assertThat(later.totals().isZero()).isTrue();
                assertThat(tracker().since(later).ended()).isEmpty();
            }
        }
    }

    @Test
    void a_process_that_ends_hides_no_leak_of_another() throws Exception {
        Child process = hold(List.of(0));
        try (MemoryTracker.Mark mark = tracker().mark()) {
            allocate(0, MemoryKind.DRAM, FIRST, 4 * KIB);
            process.kill();
            if (seesProcessesEnd()) {
                SnapshotDiff diff = tracker().since(mark);
                assertThat(diff.left(0, MemoryKind.DRAM)).isEqualTo(4 * KIB);
                assertThat(diff.before().of(0, MemoryKind.DRAM)).isEqualTo(36 * KIB);
                assertThat(diff.after().of(0, MemoryKind.DRAM)).isEqualTo(4 * KIB);
            }
        }
    }

    @Test
    void threads_may_ask_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            allocate(0, MemoryKind.DRAM, FIRST, 4 * KIB);
            List<Future<Long>> answers = new ArrayList<>();
            for (int n = 0; n < 40; n++) {
                answers.add(threads.submit(() -> {
                    try (MemoryTracker.Mark mark = tracker().mark()) {
                        return tracker().since(mark).after().of(0, MemoryKind.DRAM)
                                + tracker().snapshot().allocated(MemoryKind.DRAM);
                    }
                }));
            }
            for (Future<Long> answer : answers) {
                assertThat(answer.get()).isEqualTo(8 * KIB);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void an_interrupted_thread_gets_its_answer_and_stays_interrupted() throws Exception {
        allocate(0, MemoryKind.DRAM, FIRST, 4 * KIB);
        Thread.currentThread().interrupt();
        long held;
        try {
            held = tracker().snapshot().allocated(0, MemoryKind.DRAM);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(held).isEqualTo(4 * KIB);
    }

    @Test
    void what_cannot_be_read_is_an_error_and_never_zero() throws Exception {
        allocate(0, MemoryKind.DRAM, FIRST, 4 * KIB);
        MemoryTracker.Mark mark = tracker().mark();
        makeBlind();
        assertThatThrownBy(() -> tracker().mark()).isInstanceOf(TrackerException.class);
        assertThatThrownBy(() -> tracker().since(mark)).isInstanceOf(TrackerException.class);
        assertThatThrownBy(() -> tracker().snapshot()).isInstanceOf(TrackerException.class);
        assertThatThrownBy(() -> tracker().activity()).isInstanceOf(TrackerException.class);
        assertThatThrownBy(() -> tracker().dump(new StringBuilder())).isInstanceOf(TrackerException.class);
        assertThat(mark.totals().of(0, MemoryKind.DRAM)).isEqualTo(4 * KIB);
        assertThatCode(mark::close).doesNotThrowAnyException();
    }
}
