package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.torture.Fuzz;
import io.github.ttmemorycheck.torture.Mutations;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
class DumpFuzzTests {

    private static final List<String> LINES = List.of(
            "║   REMAINING ALLOCATED BUFFERS    ║",
            "No buffers remaining",
            "Total tracked allocations: 2",
            "Device 0:",
            "Device 3:",
            "  DRAM: 2 buffers, 0.0234375 MB total",
            "  L1: 12 buffers, 1.5e+03 MB total",
            "    - Buffer 0x3ffff800: 12 KB (PID 4711, ref_count=1)",
            "    - Buffer 18446744073709551615: 4e-02 KB (PID -1, ref_count=0)",
            "Active allocations: 14",
            "✓ [PID 4712] Allocated 4096 bytes of L1 on device 1 (buffer_id=0x1000)",
            "Total remaining buffers: 2");

    /** The text of a dump that is whole, if nothing is damaged. */
    private static final String DUMP = String.join(
            "\n", LINES.get(0), LINES.get(2), LINES.get(3), LINES.get(5), LINES.get(7), LINES.get(7), LINES.get(11));

    @Test
    void a_damaged_dump_is_never_wholly_named_with_buffers_that_it_does_not_count() {
        AtomicLong read = new AtomicLong();
        Fuzz.run("dumps", random -> {
            String text = Mutations.of(text(random), random.nextInt(5), random);
            DumpParser parser = new DumpParser();
            for (String line : text.split("\n", -1)) {
                Optional<ParsedDump> dump = parser.line(line);
                if (dump.isPresent()) {
                    read.incrementAndGet();
                    check(dump.get());
                }
            }
        });
        assertThat(read).as("dumps that were read").hasPositiveValue();
    }

    private static void check(ParsedDump dump) {
        boolean whole = dump.isWhole();
        for (ParsedDump.Listed buffer : dump.buffers()) {
            MemoryPool pool = buffer.pool();
            if (buffer.bytes() < 0 || buffer.refCount() < 1 || !dump.counts().containsKey(pool)) {
                throw new AssertionError("cannot be: " + buffer);
            }
            if (whole && dump.names(pool)) {
                long named = dump.buffers().stream()
                        .filter(other -> other.pool().equals(pool))
                        .count();
                assertThat(dump.counts()).containsEntry(pool, named);
            }
        }
    }

    private static String text(SplittableRandom random) {
        if (random.nextBoolean()) {
            return DUMP;
        }
        StringBuilder text = new StringBuilder(LINES.get(0));
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append('\n').append(LINES.get(random.nextInt(LINES.size())));
        }
        return text.append('\n').append(LINES.get(LINES.size() - 1)).toString();
    }
}
