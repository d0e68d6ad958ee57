package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;

import io.github.ttmemorycheck.internal.wire.NumberSpace;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BufferTableTests {

    private static final int DEVICES = 4;

    private final DeviceTotals totals = new DeviceTotals();
    private final TrackedProcess owner = new TrackedProcess(1, 0, "");
    private final Sender sender = new Sender(owner);
    private final BufferTable table = new BufferTable();

    private BufferEntry entry(int device, MemoryKind kind, long number) {
        return new BufferEntry(totals.figure(device, kind), number, 1, sender, 1, 0);
    }

    @Test
    void the_same_number_means_another_thing_on_another_device_and_for_another_kind_of_thing() {
        List<BufferEntry> entries = List.of(
                entry(0, MemoryKind.L1, 7),
                entry(1, MemoryKind.L1, 7),
                entry(0, MemoryKind.CIRCULAR_BUFFER, 7),
                entry(0, MemoryKind.KERNEL, 7));
        entries.forEach(table::add);

        assertThat(table.get(0, NumberSpace.BUFFER, 7, owner)).isSameAs(entries.get(0));
        assertThat(table.get(1, NumberSpace.BUFFER, 7, owner)).isSameAs(entries.get(1));
        assertThat(table.get(0, NumberSpace.CIRCULAR_BUFFER, 7, owner)).isSameAs(entries.get(2));
        assertThat(table.get(0, NumberSpace.KERNEL, 7, owner)).isSameAs(entries.get(3));
        assertThat(table.get(1, NumberSpace.KERNEL, 7, owner)).isNull();
        assertThat(table.get(0, NumberSpace.BUFFER, 8, owner)).isNull();
    }

    @Test
    @SuppressWarnings("ReferenceEquality") // the entry itself is meant, not one that is like it
    void that_holds_where_two_of_them_share_a_place() {
        // Of so many numbers, some share a place of a small table with themselves in another space or on another
        // device.
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < 500_000; i++) {
            long number = random.nextLong();
            List<BufferEntry> entries = List.of(
                    entry(0, MemoryKind.DRAM, number),
                    entry(1, MemoryKind.DRAM, number),
                    entry(0, MemoryKind.CIRCULAR_BUFFER, number));
            entries.forEach(table::add);
            if (table.get(0, NumberSpace.BUFFER, number, owner) != entries.get(0)
                    || table.get(1, NumberSpace.BUFFER, number, owner) != entries.get(1)
                    || table.get(0, NumberSpace.CIRCULAR_BUFFER, number, owner) != entries.get(2)) {
                fail("0x%x is mixed up", number);
            }
            entries.forEach(table::remove);
        }
    }

    @Test
    void whatever_was_added_and_not_removed_is_found_while_the_table_grows() {
        SplittableRandom random = new SplittableRandom(42);
        Map<Long, BufferEntry> expected = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            long number = random.nextInt(30_000) * 2048L;
            BufferEntry known = expected.remove(number);
            if (known == null) {
                BufferEntry added = entry((int) (number / 2048 % DEVICES), MemoryKind.DRAM, number);
                table.add(added);
                expected.put(number, added);
            } else {
                table.remove(known);
            }
        }
        assertThat(expected).hasSizeGreaterThan(10_000);
        for (long number = 0; number < 30_000 * 2048L; number += 2048) {
            assertThat(table.get((int) (number / 2048 % DEVICES), NumberSpace.BUFFER, number, owner))
                    .isSameAs(expected.get(number));
        }
    }

    @Test
    void what_was_removed_refers_to_nothing_and_cannot_be_removed_again() {
        BufferEntry entry = entry(0, MemoryKind.DRAM, 7);
        table.add(entry);
        table.remove(entry);

        assertThat(entry.nextInTable).isNull();
        assertThatIllegalStateException()
                .isThrownBy(() -> table.remove(entry))
                .withMessage("an entry was removed that is not in the table");
    }
}
