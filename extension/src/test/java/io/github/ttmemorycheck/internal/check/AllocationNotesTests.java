package io.github.ttmemorycheck.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.sites.AllocationSites;
import io.github.ttmemorycheck.internal.sites.binding.Binding;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a message says of where its buffers were allocated. */
class AllocationNotesTests {

    private static final int SELF = Math.toIntExact(ProcessHandle.current().pid());
    private static final long KIB = 1024;

    /** An address that no other test of this JVM uses: places that they leave behind stand for other buffers. */
    private static final long FIRST = 0x7_0000_1000L;

    private final List<DeviceBuffer> allocated = new ArrayList<>();

    @BeforeEach
    void on() {
        AllocationSites.record(true);
    }

    @AfterEach
    void off() {
        AllocationSites.record(false);
        allocated.forEach(
                buffer -> AllocationSites.freed(buffer.processId(), buffer.device(), buffer.kind(), buffer.address()));
    }

    @Test
    void buffers_of_one_place_are_one_note_and_the_most_memory_is_first() {
        query(KIB);
        for (int i = 0; i < 3; i++) {
            cache(2 * KIB);
        }
        query(KIB);

        assertThat(notes())
                .containsExactly(
                        "6 KiB in 3 buffers allocated at AllocationNotesTests.cache(AllocationNotesTests.java:<n>) <"
                                + " AllocationNotesTests.buffers_of_one_place_are_one_note_and_the_most_memory_is_first"
                                + "(AllocationNotesTests.java:<n>)",
                        "1 KiB in 1 buffer allocated at AllocationNotesTests.query(AllocationNotesTests.java:<n>) <"
                                + " AllocationNotesTests.buffers_of_one_place_are_one_note_and_the_most_memory_is_first"
                                + "(AllocationNotesTests.java:<n>)",
                        "1 KiB in 1 buffer allocated at AllocationNotesTests.query(AllocationNotesTests.java:<n>) <"
                                + " AllocationNotesTests.buffers_of_one_place_are_one_note_and_the_most_memory_is_first"
                                + "(AllocationNotesTests.java:<n>)");
    }

    @Test
    void places_beyond_five_are_counted() {
        query(KIB);
        query(KIB);
        query(KIB);
        query(KIB);
        query(KIB);
        query(KIB);
        query(KIB);

        assertThat(notes()).hasSize(6).last().isEqualTo("... and 2 KiB in 2 buffers at 2 more places");
    }

    @Test
    void what_no_java_code_reported_is_said_to_have_no_place() {
        DeviceBuffer natives = buffer(SELF, 0x77_0000_9000L, KIB);

        assertThat(notesOn(Stream.of(natives)))
                .containsExactly("where it was allocated is not known, since the runtime reported it, not Java code");
        cache(KIB);
        assertThat(notesOn(Stream.concat(allocated.stream(), Stream.of(natives))))
                .hasSize(2)
                .last()
                .isEqualTo("where 1 KiB in 1 buffer was allocated is not known, since the runtime reported it, not Java"
                        + " code");
    }

    @Test
    void nothing_is_said_of_the_buffers_of_other_processes() {
        cache(KIB);
        DeviceBuffer mine = allocated.get(0);

        assertThat(notesOn(Stream.of(buffer(SELF + 1, mine.address(), mine.size()))))
                .isEmpty();
    }

    @Test
    void an_address_of_another_process_that_java_reported_too_does_not_hide_the_own_place() {
        Binding.tensorOf(SELF + 1, FIRST);
        cache(KIB);
        AllocationSites.freed(SELF + 1, 0, MemoryKind.DRAM, FIRST);

        assertThat(notes())
                .singleElement()
                .asString()
                .startsWith("1 KiB in 1 buffer allocated at AllocationNotesTests" + ".cache(");
    }

    @Test
    void without_the_recording_the_setting_is_named() {
        cache(KIB);

        assertThat(AllocationNotes.of(allocated, false))
                .containsExactly(
                        "where it was allocated is not recorded; tt.memory.check.sites=on records it for Java code");
    }

    private void query(long size) {
        DeviceBuffer buffer = buffer(SELF, FIRST + 0x1000L * allocated.size(), size);
        allocated.add(buffer);
        Binding.tensorOf(SELF, buffer.address());
    }

    private void cache(long size) {
        DeviceBuffer buffer = buffer(SELF, FIRST + 0x1000L * allocated.size(), size);
        allocated.add(buffer);
        Binding.tensorOf(SELF, buffer.address());
    }

    private static DeviceBuffer buffer(int processId, long address, long size) {
        return new DeviceBuffer(0, MemoryKind.DRAM, address, size, 1, 1, processId, 1, 0);
    }

    private List<String> notes() {
        return notesOn(allocated.stream());
    }

    private static List<String> notesOn(Stream<DeviceBuffer> buffers) {
        return AllocationNotes.of(buffers.toList(), true).stream()
                .map(note -> note.replaceAll("(?<=\\.java:)\\d+", "<n>"))
                .toList();
    }
}
