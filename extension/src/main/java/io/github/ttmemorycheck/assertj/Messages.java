package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the assertions say when they fail, each of the memory that it looked at, with the assertions that would pass,
 * ready to be copied.
 */
final class Messages {

    private static final String BETWEEN = "allocate and free between the two snapshots what the test means to";

    /** Puts a further call below the first, behind the label {@code to allow:}. */
    private static final String NEXT = "\n            .";

    private Messages() {}

    private static PlainMessage message(String sentence, Memory memory, String toFix, String toAllow) {
        return new PlainMessage(
                sentence + Figures.buffers(memory) + "\n  to fix:   " + toFix + "\n  to allow: " + toAllow);
    }

    private static PlainMessage tooMuch(String should, Memory memory, String toAllow) {
        return message(should + ", but there is " + Figures.sentence(memory), memory, memory.toFix(), toAllow);
    }

    static PlainMessage shouldHoldNothing(Memory allocated) {
        String toAllow = "sinceSnapshot(earlier).isClean() looks only at what is new";
        return tooMuch("Nothing should be allocated", allocated, toAllow);
    }

    static PlainMessage shouldHaveNoMemoryOf(MemoryKind kind, Memory allocated) {
        String toAllow = call("hasAllocatedAtMost", kind, size(allocated.most(kind)));
        return tooMuch("No " + kind + " memory should be allocated", allocated, toAllow);
    }

    static PlainMessage shouldLeaveNothing(Memory left) {
        return tooMuch("Nothing should be left", left, leavesNoMoreThan(left));
    }

    static PlainMessage shouldLeaveNothingOn(int device, Memory left) {
        return tooMuch("Nothing should be left on device " + device, left, leavesNoMoreThan(device, left));
    }

    static PlainMessage shouldLeaveNothingBut(Set<MemoryKind> allowed, Memory others) {
        Set<MemoryKind> all = EnumSet.copyOf(allowed);
        all.addAll(others.kinds());
        return tooMuch(
                "Nothing but " + allowed.stream().map(MemoryKind::name).collect(Collectors.joining(", "))
                        + " should be left",
                others,
                call("leavesNothingBut", all.toArray()));
    }

    static PlainMessage shouldBeAtMost(String assertion, MemoryKind kind, long limit, Memory found) {
        return atMost(limit, kind, "each device", found, call(assertion, kind, size(found.most(kind))));
    }

    static PlainMessage shouldBeAtMost(String assertion, MemoryPool pool, long limit, Memory found) {
        String toAllow = call(assertion, pool, found);
        return atMost(limit, pool.kind(), "device " + pool.device(), found, toAllow);
    }

    private static PlainMessage atMost(long limit, MemoryKind kind, String where, Memory found, String toAllow) {
        return tooMuch(
                "At most " + Figures.amount(limit) + " of " + kind + " should be " + found.what() + " on " + where,
                found,
                toAllow);
    }

    static PlainMessage shouldHaveAllocated(MemoryPool pool, long expected, Memory allocated) {
        return message(
                exactly(pool, expected, allocated, "there is " + amount(pool, allocated)),
                allocated,
                "allocate or free before the snapshot what the test means to",
                call("hasAllocated", pool, allocated));
    }

    static PlainMessage shouldLeaveExactly(MemoryPool pool, long expected, Memory left) {
        return message(
                exactly(pool, expected, left, "there is " + amount(pool, left)),
                left,
                BETWEEN,
                call("leavesExactly", pool, left));
    }

    static PlainMessage shouldHaveReleased(MemoryPool pool, long expected, Memory released, MemoryTotals before) {
        String found = amount(pool, released) + " was, of " + Figures.amount(before.of(pool)) + " before";
        return message(
                exactly(pool, expected, released, found),
                released,
                released.toFix(),
                call("hasReleased", pool, released));
    }

    private static String exactly(MemoryPool pool, long expected, Memory memory, String found) {
        return "Exactly " + Figures.amount(expected) + " of " + pool.kind() + " should be " + memory.what()
                + " on device " + pool.device() + ", but " + found + Figures.unknownDevice(memory, pool.device());
    }

    private static String amount(MemoryPool pool, Memory memory) {
        long bytes = memory.totals().of(pool);
        return bytes == 0 ? "nothing" : Figures.amount(bytes);
    }

    static PlainMessage shouldHaveBuffersLeft(int expected, Memory left) {
        int found = left.buffers().size();
        return message(
                Wording.count(expected, "buffer") + " should be left, but there "
                        + (found == 0 ? "is none" : found == 1 ? "is 1" : "are " + found),
                left,
                BETWEEN,
                call("hasBuffersLeft", found));
    }

    static PlainMessage shouldKnowBuffers(String assertion, Memory left) {
        return new PlainMessage(assertion + " cannot be checked: only totals are known; "
                + (left.isNone() ? "nothing" : Figures.sentence(left)) + " is left in total"
                + "\n  to fix: set " + SettingKeys.TRACKER + "=embedded, which knows every buffer,"
                + "\n          or assert on amounts: leavesAtMost(...), leavesExactly(...), isClean()");
    }

    static PlainMessage shouldHaveDevices(NavigableSet<Integer> expected, NavigableSet<Integer> actual) {
        return new PlainMessage("There should be figures for " + Figures.devices(expected) + ", but there are for "
                + Figures.devices(actual)
                + "\n  missing:    " + Figures.devices(without(expected, actual))
                + "\n  unexpected: " + Figures.devices(without(actual, expected))
                + "\n  to fix:     open the missing devices with TT_ALLOC_TRACKING_ENABLED=1 set,"
                + " or state those there are");
    }

    private static NavigableSet<Integer> without(NavigableSet<Integer> all, NavigableSet<Integer> those) {
        NavigableSet<Integer> rest = new TreeSet<>(all);
        rest.removeAll(those);
        return rest;
    }

    /** Writes a call such as {@code leavesAtMost(3, DRAM, "36KiB")}. */
    private static String call(String assertion, Object... arguments) {
        return Arrays.stream(arguments).map(Object::toString).collect(Collectors.joining(", ", assertion + "(", ")"));
    }

    /** Writes a call that takes what there is of one kind on one device. */
    private static String call(String assertion, MemoryPool pool, Memory found) {
        return call(assertion, pool.device(), pool.kind(), size(found.totals().of(pool)));
    }

    /** Writes a size as an argument, such as {@code "36KiB"}. */
    private static String size(long bytes) {
        return '"' + new ByteSize(bytes).exact() + '"';
    }

    /** Writes the calls that allow what there is: its kinds, and of each kind the most that a device has of it. */
    private static String leavesNoMoreThan(Memory left) {
        return call("leavesNothingBut", left.kinds().toArray())
                + left.kinds().stream()
                        .map(kind -> NEXT + call("leavesAtMost", kind, size(left.most(kind))))
                        .collect(Collectors.joining());
    }

    /** Writes a call for each kind that a device has. */
    private static String leavesNoMoreThan(int device, Memory left) {
        return left.kinds().stream()
                .map(kind ->
                        call("leavesAtMost", device, kind, size(left.totals().of(device, kind))))
                .collect(Collectors.joining(NEXT));
    }
}
