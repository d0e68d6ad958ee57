package io.github.ttmemorycheck.internal.server;

import static io.github.ttmemorycheck.internal.server.Events.alloc;
import static io.github.ttmemorycheck.internal.server.Events.free;
import static io.github.ttmemorycheck.internal.server.Events.sized;
import static io.github.ttmemorycheck.internal.wire.MessageType.CB_ALLOC;
import static io.github.ttmemorycheck.internal.wire.MessageType.CB_FREE;
import static io.github.ttmemorycheck.internal.wire.MessageType.KERNEL_LOAD;
import static io.github.ttmemorycheck.internal.wire.MessageType.KERNEL_UNLOAD;
import static io.github.ttmemorycheck.snapshot.MemoryKind.CIRCULAR_BUFFER;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static io.github.ttmemorycheck.snapshot.MemoryKind.KERNEL;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1;
import static io.github.ttmemorycheck.snapshot.MemoryKind.L1_SMALL;
import static io.github.ttmemorycheck.snapshot.MemoryKind.SYSTEM_MEMORY;
import static io.github.ttmemorycheck.snapshot.MemoryKind.TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BufferRegistryTests {

    private final EventBook book = new EventBook(ProcFiles.ofThisSystem(), mark -> {});
    private final Sender self = Objects.requireNonNull(book.connected(Events.SELF, Events.SELF));

    private void book(ClientMessage... events) {
        for (ClientMessage event : events) {
            book.enter(event, self, 77);
        }
    }

    /** One live entry as text: device kind address size references/allocations. */
    private List<String> live() {
        return book.snapshot().buffers().stream().map(BufferRegistryTests::text).toList();
    }

    private static String text(DeviceBuffer b) {
        return b.device() + " " + b.kind() + " " + Long.toHexString(b.address()) + " " + Long.toUnsignedString(b.size())
                + " " + b.refCount() + "/" + b.allocations();
    }

    static Stream<Arguments> rules() {
        ClientMessage a = alloc(0, DRAM, 0x10, 100);
        return Stream.of(
                rule("an allocation is live", List.of(a), 0, "0 DRAM 10 100 1/1"),
                rule("its free removes it", List.of(a, free(0, 0x10)), 0),
                rule(
                        "another size or kind at the address is another buffer",
                        List.of(a, alloc(0, L1, 0x10, 999)),
                        0,
                        "0 DRAM 10 100 1/1",
                        "0 L1 10 999 1/1"),
                rule("allocated twice, freed once", List.of(a, a, free(0, 0x10)), 0, "0 DRAM 10 100 1/2"),
                rule("allocated twice, freed twice", List.of(a, a, free(0, 0x10), free(0, 0x10)), 0),
                rule("a free too many", List.of(a, free(0, 0x10), free(0, 0x10)), 1),
                rule("a free on another device", List.of(a, free(1, 0x10)), 1, "0 DRAM 10 100 1/1"),
                rule(
                        "the same address on two devices",
                        List.of(a, alloc(1, DRAM, 0x10, 5)),
                        0,
                        "0 DRAM 10 100 1/1",
                        "1 DRAM 10 5 1/1"),
                rule(
                        "buffers, circular buffers and kernels are numbered apart",
                        List.of(a, sized(CB_ALLOC, 0, 0x10, 7), sized(KERNEL_LOAD, 0, 0x10, 8), free(0, 0x10)),
                        0,
                        "0 CIRCULAR_BUFFER 10 7 1/1",
                        "0 KERNEL 10 8 1/1"),
                rule(
                        "a circular buffer adds up",
                        List.of(sized(CB_ALLOC, 0, 1, 7), sized(CB_ALLOC, 0, 1, 8)),
                        0,
                        "0 CIRCULAR_BUFFER 1 15 2/2"),
                rule(
                        "a free takes its own size",
                        List.of(sized(CB_ALLOC, 0, 1, 7), sized(CB_ALLOC, 0, 1, 8), sized(CB_FREE, 0, 1, 7)),
                        0,
                        "0 CIRCULAR_BUFFER 1 8 1/2"),
                rule(
                        "a partial free takes what it names",
                        List.of(sized(KERNEL_LOAD, 0, 1, 7), sized(KERNEL_UNLOAD, 0, 1, 2)),
                        0,
                        "0 KERNEL 1 5 1/1"),
                rule(
                        "never below nothing",
                        List.of(
                                sized(KERNEL_LOAD, 0, 1, 7),
                                sized(KERNEL_LOAD, 0, 1, 7),
                                sized(KERNEL_UNLOAD, 0, 1, 99),
                                sized(KERNEL_UNLOAD, 0, 1, 7)),
                        1),
                rule(
                        "a free without address takes the oldest of its size",
                        List.of(
                                sized(CB_ALLOC, 0, 0x18B20, 4096),
                                sized(CB_ALLOC, 0, 0x19B20, 4096),
                                sized(CB_ALLOC, 0, 0x1AB20, 2048),
                                sized(CB_FREE, 0, 0, 4096)),
                        0,
                        "0 CIRCULAR_BUFFER 19b20 4096 1/1",
                        "0 CIRCULAR_BUFFER 1ab20 2048 1/1"),
                rule(
                        "a free without address of another size or device is unknown",
                        List.of(sized(CB_ALLOC, 0, 1, 4096), sized(CB_FREE, 0, 0, 1), sized(CB_FREE, 1, 0, 4096)),
                        2,
                        "0 CIRCULAR_BUFFER 1 4096 1/1"),
                rule("a kernel is not found by its size", List.of(sized(KERNEL_UNLOAD, 0, 0, 9)), 1),
                rule(
                        "any device number",
                        List.of(
                                alloc(-5, TRACE, 1, 1),
                                alloc(100_000, L1_SMALL, 1, 1),
                                alloc(Integer.MIN_VALUE, SYSTEM_MEMORY, 1, 1)),
                        0,
                        "-5 TRACE 1 1 1/1",
                        "100000 L1_SMALL 1 1 1/1",
                        "-2147483648 SYSTEM_MEMORY 1 1 1/1"),
                rule(
                        "unsigned addresses and sizes",
                        List.of(alloc(0, DRAM, -1, -1)),
                        0,
                        "0 DRAM ffffffffffffffff 18446744073709551615 1/1"),
                rule("nothing at all", List.of(alloc(0, DRAM, 0, 0)), 0, "0 DRAM 0 0 1/1"));
    }

    private static Arguments rule(String name, List<ClientMessage> events, long unknown, String... live) {
        return arguments(name, events, unknown, List.of(live));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void follows_the_rules(String name, List<ClientMessage> events, long unknown, List<String> live) {
        book(events.toArray(ClientMessage[]::new));
        assertThat(live()).isEqualTo(live);
        assertThat(book.registry().unknownFrees()).isEqualTo(unknown);
        assertThat(book.events()).isEqualTo(events.size());
    }

    @Test
    void a_diff_lists_what_is_left_and_what_was_released() {
        book(alloc(0, DRAM, 1, 10), alloc(0, DRAM, 2, 20), alloc(0, DRAM, 3, 30));
        ServerMark mark = book.mark(5);
        book(free(0, 2), alloc(0, DRAM, 2, 21), alloc(1, L1, 9, 90), free(1, 9), alloc(1, L1, 8, 80));
        SnapshotDiff diff = book.since(mark);
        assertThat(diff.left())
                .extracting(BufferRegistryTests::text)
                .containsExactly("0 DRAM 2 21 1/1", "1 L1 8 80 1/1");
        assertThat(diff.released()).extracting(BufferRegistryTests::text).containsExactly("0 DRAM 2 20 1/1");
        assertThat(diff.before().of(0, DRAM)).isEqualTo(60);
        assertThat(diff.after().of(0, DRAM)).isEqualTo(61);
        assertThat(mark.order()).isEqualTo(3);
        assertThat(diff.left()).extracting(DeviceBuffer::seenAtNanos).containsOnly(77L);
    }

    @Test
    void nested_marks_see_each_their_own_and_nothing_is_kept_without_one() {
        book(alloc(0, DRAM, 1, 10));
        ServerMark outer = book.mark(0);
        book(alloc(0, DRAM, 2, 20));
        ServerMark inner = book.mark(0);
        book(free(0, 1), free(0, 2));
        assertThat(book.since(outer).released())
                .extracting(DeviceBuffer::address)
                .containsExactly(1L);
        assertThat(book.since(inner).released())
                .extracting(DeviceBuffer::address)
                .containsExactly(1L, 2L);
        ServerMark last = book.mark(0);
        book.registry().forget(outer);
        book.registry().forget(outer);
        assertThat(inner.released()).hasSize(2);
        book.registry().forget(inner);
        assertThat(book.registry().isMarked(last)).isTrue();
        assertThat(book.registry().isMarked(inner)).isFalse();
        book.registry().forget(last);
        book(alloc(0, DRAM, 3, 1), free(0, 3));
        assertThat(book.registry().freedSince(last)).isEmpty();
        assertThat(last.released()).isEmpty();
    }

    @Test
    void what_is_added_to_a_counter_after_a_mark_is_left() {
        book(sized(CB_ALLOC, 0, 1, 4096), sized(KERNEL_LOAD, 0, 1, 100));
        ServerMark mark = book.mark(0);
        book(sized(CB_ALLOC, 0, 1, 4096), sized(KERNEL_LOAD, 0, 1, 50), sized(KERNEL_LOAD, 0, 1, 50));
        assertThat(book.since(mark).left())
                .extracting(BufferRegistryTests::text)
                .containsExactly("0 CIRCULAR_BUFFER 1 4096 1/1", "0 KERNEL 1 100 2/2");
        book(sized(CB_FREE, 0, 1, 4096), sized(KERNEL_UNLOAD, 0, 1, 100));
        assertThat(book.since(mark).isClean()).isTrue();
        assertThat(live()).containsExactly("0 CIRCULAR_BUFFER 1 4096 1/1", "0 KERNEL 1 100 1/1");
        book(sized(KERNEL_LOAD, 0, 1, 5), sized(KERNEL_UNLOAD, 0, 1, 105));
        assertThat(live())
                .as("a free larger than the top takes the rest from below")
                .hasSize(1);
        assertThat(book.snapshot().allocated(KERNEL)).isZero();
    }

    @Test
    void a_diff_walks_what_is_left_and_not_what_is_live() {
        for (int n = 0; n < 200_000; n++) {
            book(alloc(n % 8, DRAM, n * 4096L, 4096));
        }
        ServerMark mark = book.mark(0);
        for (int n = 0; n < 10; n++) {
            book(alloc(0, L1, -n - 1L, 64));
        }
        long before = book.registry().visited();
        assertThat(book.since(mark).left()).hasSize(10);
        assertThat(book.registry().visited() - before).isEqualTo(11);
        assertThat(book.snapshot().buffers()).hasSize(200_010);
    }

    @Test
    void totals_are_right_after_any_sequence() {
        SplittableRandom random = new SplittableRandom(7);
        Map<Integer, BigInteger> expected = new HashMap<>();
        Map<Integer, Map<Long, Long>> sizes = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            int device = random.nextInt(-2, 3);
            long address = random.nextLong(300);
            Map<Long, Long> ofDevice = sizes.computeIfAbsent(device, none -> new HashMap<>());
            if (random.nextBoolean()) {
                long size = random.nextInt(50) == 0 ? -random.nextLong(1, 5) : random.nextLong(1 << 20);
                if (ofDevice.containsKey(address)) {
                    continue;
                }
                ofDevice.put(address, size);
                book(alloc(device, DRAM, address, size));
                expected.merge(device, unsigned(size), BigInteger::add);
            } else {
                Long size = ofDevice.remove(address);
                book(free(device, address));
                if (size != null) {
                    expected.merge(device, unsigned(size).negate(), BigInteger::add);
                }
            }
            BigInteger exact = expected.getOrDefault(device, BigInteger.ZERO);
            long shown = book.totals(device).dram();
            assertThat(shown).isEqualTo(exact.bitLength() > 64 ? -1 : exact.longValue());
        }
        sizes.forEach((device, left) -> left.keySet().forEach(address -> book(free(device, address))));
        assertThat(book.snapshot().totals().isZero()).isTrue();
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    @Test
    void an_answer_counts_system_memory_and_l1_small_together() {
        book(alloc(2, SYSTEM_MEMORY, 1, 3), alloc(2, L1_SMALL, 2, 4), alloc(2, TRACE, 3, 5), alloc(2, L1, 4, 6));
        book(sized(CB_ALLOC, 2, 1, 7), sized(KERNEL_LOAD, 2, 1, 8));
        assertThat(book.totals(2).l1Small()).isEqualTo(7);
        assertThat(book.totals(2).trace()).isEqualTo(5);
        assertThat(book.totals(2).l1()).isEqualTo(6);
        assertThat(book.totals(2).circularBuffers()).isEqualTo(7);
        assertThat(book.totals(2).kernels()).isEqualTo(8);
        assertThat(book.totals(9).dram()).isZero();
        MemorySnapshot snapshot = book.snapshot();
        assertThat(snapshot.allocated(2, CIRCULAR_BUFFER)).isEqualTo(7);
        assertThat(snapshot.devices()).containsExactly(2);
    }

    @Test
    void a_monitor_is_told_of_each_device_up_to_the_highest_and_that_its_sizes_are_not_known() {
        book(free(6, 1));
        assertThat(book.deviceInfo(-1).devices()).isZero();
        book(alloc(6, MemoryKind.DRAM, 1, 1), free(6, 1));
        assertThat(book.deviceInfo(-1).devices()).as("0 to 6").isEqualTo(7);
        assertThat(book.deviceInfo(6).available()).isFalse();
        assertThat(book.deviceInfo(6).architecture()).isZero();
    }

    @Test
    void counters_add_up_whatever_marks_are_taken_in_between() {
        SplittableRandom random = new SplittableRandom(11);
        long expected = 0;
        for (int step = 0; step < 5_000; step++) {
            if (random.nextInt(4) == 0) {
                book.mark(step);
            }
            long size = random.nextLong(1, 1_000);
            if (random.nextBoolean()) {
                book(sized(CB_ALLOC, 0, 0x18b20, size));
                expected += size;
            } else {
                book(sized(CB_FREE, 0, 0x18b20, size));
                expected = Math.max(0, expected - size);
            }
            assertThat(book.totals(0).circularBuffers()).as("step %s", step).isEqualTo(expected);
        }
    }

    @Test
    void what_came_and_went_since_a_moment_is_remembered_as_far_as_there_is_room() {
        book(alloc(0, DRAM, 0x10, 100));
        ServerMark mark = book.mark(5);
        book(free(0, 0x10), alloc(0, DRAM, 0x20, 7), alloc(1, DRAM, 0x30, 8), free(1, 0x30), free(0, 0x20));

        assertThat(book.registry().freedSince(mark))
                .map(BufferRegistryTests::text)
                .as("not what was there before")
                .containsExactly("1 DRAM 30 8 1/1", "0 DRAM 20 7 1/1");

        for (int i = 0; i < ServerMarks.MOST_PASSING; i++) {
            book(alloc(2, L1, 0x40, i), free(2, 0x40));
        }
        assertThat(book.registry().freedSince(mark))
                .hasSize(ServerMarks.MOST_PASSING)
                .first()
                .extracting(DeviceBuffer::size)
                .isEqualTo(0L);
    }

    @Test
    void of_what_came_and_went_before_a_moment_or_without_one_nothing_is_told() {
        book(alloc(0, DRAM, 0x10, 100), free(0, 0x10));
        ServerMark first = book.mark(5);
        book(alloc(0, DRAM, 0x20, 100), free(0, 0x20));
        ServerMark second = book.mark(6);

        assertThat(book.registry().freedSince(second)).isEmpty();
        assertThat(book.registry().freedSince(first)).hasSize(1);
        book.registry().forget(first);
        book.registry().forget(second);
        assertThat(book.registry().freedSince(first)).isEmpty();
    }
}
