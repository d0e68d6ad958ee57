package io.github.ttmemorycheck.internal.devices;

import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * What the devices said when they were asked. Immutable.
 *
 * @param said what each open device said, by its number in the tracker; one that is closed said nothing
 * @param buffers the buffers that any of them held, each once, whoever listed it
 * @param order that of the last buffer which the tracker had seen
 */
record DeviceAnswers(Map<Integer, Said> said, Map<BufferIdentity, DeviceBuffer> buffers, long order) {

    static final DeviceAnswers NOTHING = new DeviceAnswers(Map.of(), Map.of(), 0);

    record Said(String name, DeviceWord word) {

        // A device that says the same again is noted by the same object.
        @SuppressWarnings("ReferenceEquality")
        boolean isSame(Said other) {
            return word == other.word;
        }
    }

    /** What some devices hold, each buffer once: a mesh and a part of it may list the same. */
    record Contents(NavigableSet<Integer> devices, Set<BufferIdentity> held) {

        MemoryTotals totals(Contents other) {
            MemoryTotals.Builder totals = MemoryTotals.builder();
            Stream.of(this, other)
                    .flatMap(contents -> contents.devices.stream())
                    .forEach(device -> totals.add(device, MemoryKind.DRAM, 0));
            held.forEach(buffer -> totals.add(buffer.device(), buffer.kind(), buffer.size()));
            return totals.build();
        }

        MemoryTotals totals() {
            return totals(this);
        }
    }

    /** Returns whether nothing has changed, without looking at what the devices listed. */
    boolean isOfTheSameWords(Map<Integer, Said> others) {
        return said.size() == others.size()
                && said.entrySet().stream().allMatch(entry -> {
                    Said other = others.get(entry.getKey());
                    return other != null && other.isSame(entry.getValue());
                });
    }

    /** Returns what the devices hold that count, by their numbers in the tracker. */
    Contents contents(IntPredicate counts) {
        List<DeviceWord.Listed> listed = said.entrySet().stream()
                .filter(entry -> counts.test(entry.getKey()))
                .flatMap(entry ->
                        entry.getValue().word() instanceof DeviceWord.Listed word ? Stream.of(word) : Stream.of())
                .toList();
        NavigableSet<Integer> devices = new TreeSet<>();
        listed.forEach(word -> devices.addAll(word.stands().devices()));
        if (listed.size() == 1) {
            return new Contents(devices, listed.get(0).held());
        }
        Set<BufferIdentity> held = new LinkedHashSet<>();
        listed.forEach(word -> held.addAll(word.held()));
        return new Contents(devices, held);
    }

    Contents contents() {
        return contents(number -> true);
    }

    /** Returns what is held here and not there, oldest first. */
    @SuppressWarnings("ReferenceEquality")
    List<DeviceBuffer> missing(Set<BufferIdentity> here, Set<BufferIdentity> there) {
        if (here == there) {
            return List.of();
        }
        return here.stream()
                .filter(held -> !there.contains(held))
                .map(held -> Objects.requireNonNull(buffers.get(held)))
                .sorted(Comparator.comparingLong(DeviceBuffer::order))
                .toList();
    }

    /** Returns the names of the devices whose bindings do not know their buffers. */
    List<String> silent() {
        return said.values().stream()
                .filter(of -> of.word() instanceof DeviceWord.Silent)
                .map(Said::name)
                .toList();
    }

    /** Returns what keeps devices from being known, by their numbers, a sentence each. */
    Map<Integer, String> problems() {
        Map<Integer, String> problems = new HashMap<>();
        said.forEach((number, of) -> {
            if (of.word() instanceof DeviceWord.Unknown unknown) {
                problems.put(number, of.name() + " " + unknown.why());
            }
        });
        return problems;
    }

    /** Returns what keeps devices from being compared with earlier answers, by their numbers, a sentence each. */
    Map<Integer, String> problemsSince(DeviceAnswers earlier) {
        Map<Integer, String> problems = problems();
        said.forEach((number, now) -> {
            Said then = earlier.said.get(number);
            if (then != null) {
                if (now.word() instanceof DeviceWord.Listed && then.word() instanceof DeviceWord.Unknown unknown) {
                    problems.put(number, "when it was marked, " + now.name() + " " + unknown.why());
                } else if (now.word() instanceof DeviceWord.Listed && then.word() instanceof DeviceWord.Silent) {
                    problems.put(number, now.name() + " lists its buffers and did not when it was marked");
                } else if (now.word() instanceof DeviceWord.Silent && !(then.word() instanceof DeviceWord.Silent)) {
                    problems.put(number, now.name() + " listed its buffers and does not any more");
                }
            }
        });
        return problems;
    }

    /** Returns these answers with that of a device which was there already, as turned out later. */
    DeviceAnswers with(int number, Said later, Map<BufferIdentity, DeviceBuffer> known) {
        Map<Integer, Said> all = new HashMap<>(said);
        all.put(number, later);
        Map<BufferIdentity, DeviceBuffer> more = new HashMap<>(known);
        more.putAll(buffers);
        return new DeviceAnswers(all, more, order);
    }
}
