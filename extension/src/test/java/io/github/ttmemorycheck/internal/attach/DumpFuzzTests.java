package io.github.ttmemorycheck.internal.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.attach.KnownBuffers.Listing;
import io.github.ttmemorycheck.internal.attach.ParsedDump.Listed;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.torture.Fuzz;
import io.github.ttmemorycheck.torture.Mutations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dumps of buffers that are known beforehand: what is read of them is right, or is not said to be all. */
@Tag("fuzz")
class DumpFuzzTests {

    private static final List<String> OTHERS = List.of(
            "",
            "Active allocations: 14",
            "✓ [PID 4712] Allocated 4096 bytes of L1 on device 1 (buffer_id=0x1000)",
            "✗ [PID 4712] Freed buffer 0x1000 on device 1 (4096 bytes, FINAL)");

    private static final List<String> BROKEN = List.of(
            "    - Buffer 0xzz: 12 KB (PID 4711, ref_count=1)",
            "    - Buffer 0x1: 12 MB (PID 4711, ref_count=1)",
            "    - Buffer 99999999999999999999: 12 KB (PID 4711, ref_count=1)",
            "    - Buffer 0x1: 12 KB (PID 4711, ref_",
            "  NVRAM: 1 buffers, 1 MB total",
            "  DRAM: 1 buffers, 1 KB total",
            "Device 3",
            "Total tracked allocations: many");

    private final AtomicLong named = new AtomicLong();

    @Test
    void what_is_named_of_a_damaged_dump_is_what_is_held() {
        Fuzz.run("dumps", random -> {
            HeldBuffers held = HeldBuffers.random(random);
            List<String> lines = held.lines(random);
            switch (random.nextInt(10)) {
                case 0 -> {
                    List<String> other = HeldBuffers.random(random).lines(random);
                    lines.addAll(other.subList(1, other.size()));
                    expect(read(lines), held);
                }
                case 1 -> {
                    for (int more = random.nextInt(5); more > 0; more--) {
                        lines.add(random.nextInt(lines.size()), OTHERS.get(random.nextInt(OTHERS.size())));
                    }
                    expect(read(lines), held);
                }
                case 2 -> {
                    List<String> after = new ArrayList<>(lines.subList(0, random.nextInt(lines.size())));
                    after.add(BROKEN.get(random.nextInt(BROKEN.size())));
                    after.addAll(lines);
                    expect(read(after), held);
                }
                case 3 -> expectNothing(read(lines.subList(0, lines.size() - 1)), read(lines.subList(1, lines.size())));
                case 4 -> lineOfABuffer(held, lines, random, true);
                case 5 -> lineOfABuffer(held, lines, random, false);
                case 6 -> {
                    lines.remove(
                            at(lines, " MB total", random.nextInt(held.pools().size())));
                    expectNoneNamed(read(lines), held, 0);
                }
                case 7 -> {
                    lines.add(1 + random.nextInt(lines.size() - 1), BROKEN.get(random.nextInt(BROKEN.size())));
                    expectNoneNamed(read(lines), held, 1);
                }
                case 8 -> lineOfADevice(held, lines, random);
                default -> damagedAnyhow(held, Mutations.of(String.join("\n", lines), 1 + random.nextInt(3), random));
            }
        });
        assertThat(named)
                .as("pools that were named though the text was damaged")
                .hasPositiveValue();
    }

    /** Damage that leaves the lines well-formed may change an address; what is named still adds up to what is held. */
    private void damagedAnyhow(HeldBuffers held, String text) {
        Optional<ParsedDump> read = read(List.of(text.split("\n", -1)));
        if (read.isEmpty() || !read.get().isWhole()) {
            return;
        }
        Listing listing = new KnownBuffers().take(read.get(), held.totals(), 0);
        for (MemoryPool pool : listing.named()) {
            named.incrementAndGet();
            long bytes = listing.buffers().stream()
                    .filter(buffer -> pool.equals(buffer.pool()))
                    .mapToLong(DeviceBuffer::size)
                    .sum();
            check(bytes == held.totals().of(pool), "not what is held on " + pool, read);
        }
    }

    /** Loses the line of a device, if one comes after the first: what is named is listed where it is. */
    private static void lineOfADevice(HeldBuffers held, List<String> lines, SplittableRandom random) {
        List<Integer> devices = held.pools().keySet().stream()
                .map(MemoryPool::device)
                .distinct()
                .toList();
        if (devices.size() == 1) {
            return;
        }
        lines.remove("Device " + devices.get(1 + random.nextInt(devices.size() - 1)) + ":");
        Optional<ParsedDump> read = read(lines);
        check(read.isPresent(), "no dump", read);
        Listing listing = new KnownBuffers().take(read.get(), held.totals(), 0);
        check(!listing.isComplete(), "said to be all", read);
        for (DeviceBuffer buffer : listing.buffers()) {
            boolean isHeld = held.pools().getOrDefault(buffer.pool(), List.of()).stream()
                    .anyMatch(listed -> listed.address() == buffer.address());
            check(isHeld || !listing.names(buffer), buffer + " is named", read);
        }
    }

    /** Loses or repeats the line of a buffer, if there is one: its pool is not named any more, and no other suffers. */
    private static void lineOfABuffer(HeldBuffers held, List<String> lines, SplittableRandom random, boolean lost) {
        List<Listed> buffers = new ArrayList<>(held.named());
        if (buffers.isEmpty()) {
            return;
        }
        int number = random.nextInt(buffers.size());
        int at = at(lines, "- Buffer", number);
        Listed buffer = buffers.get(number);
        if (lost) {
            lines.remove(at);
            buffers.remove(number);
        } else {
            lines.add(at, lines.get(at));
            buffers.add(number, buffer);
        }
        Optional<ParsedDump> read = read(lines);
        check(read.isPresent() && read.get().isWhole(), "not whole", read);
        check(read.get().buffers().equals(buffers), "others than " + buffers, read);
        for (MemoryPool pool : held.pools().keySet()) {
            boolean names = held.names(pool) && !pool.equals(buffer.pool());
            check(read.get().names(pool) == names, names ? pool + " is not named" : pool + " is named", read);
        }
    }

    private static void expect(Optional<ParsedDump> read, HeldBuffers held) {
        ParsedDump expected = new ParsedDump(held.named(), held.counts(), held.count(), 0);
        check(read.isPresent() && read.get().equals(expected), "not " + expected, read);
        Set<MemoryPool> named = new HashSet<>(held.pools().keySet());
        named.removeIf(pool -> !read.get().names(pool));
        Set<MemoryPool> ofText = new HashSet<>(held.pools().keySet());
        ofText.removeIf(pool -> !held.names(pool));
        check(named.equals(ofText), "does not name " + ofText + " alone", read);
    }

    private static void expectNoneNamed(Optional<ParsedDump> read, HeldBuffers held, int malformed) {
        check(read.isPresent() && !read.get().isWhole(), "whole", read);
        check(read.get().malformed() >= malformed, "no line was refused", read);
        for (MemoryPool pool : held.pools().keySet()) {
            check(!read.get().names(pool), pool + " is named", read);
        }
    }

    @SafeVarargs
    private static void expectNothing(Optional<ParsedDump>... reads) {
        for (Optional<ParsedDump> read : reads) {
            check(read.isEmpty(), "read without its beginning and its end", read);
        }
    }

    /** Fails as AssertJ would, and costs no description of what is right. */
    private static void check(boolean right, String wrong, Optional<ParsedDump> read) {
        if (!right) {
            throw new AssertionError(wrong + ": " + read);
        }
    }

    /** Returns where the line stands that holds a text, of several the one of a number. */
    private static int at(List<String> lines, String text, int number) {
        int before = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text) && before++ == number) {
                return i;
            }
        }
        throw new AssertionError("no line " + number + " with " + text);
    }

    private static Optional<ParsedDump> read(List<String> lines) {
        DumpParser parser = new DumpParser();
        Optional<ParsedDump> last = Optional.empty();
        for (String line : lines) {
            Optional<ParsedDump> dump = parser.line(line);
            last = dump.isPresent() ? dump : last;
        }
        return last;
    }
}
