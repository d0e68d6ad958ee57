package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The assertions that would pass, ready to be copied. */
final class Remedies {

    /** Puts a further call below the first, behind the label {@code to allow:}. */
    private static final String NEXT = "\n            .";

    private Remedies() {}

    /** Writes a call such as {@code leavesAtMost(3, DRAM, "36KiB")}. */
    static String call(String assertion, Object... arguments) {
        return Arrays.stream(arguments).map(Object::toString).collect(Collectors.joining(", ", assertion + "(", ")"));
    }

    /** Writes a call that takes what there is of one kind on one device. */
    static String call(String assertion, MemoryPool pool, Memory found) {
        return call(assertion, pool.device(), pool.kind(), size(found.totals().of(pool)));
    }

    /** Writes a size as an argument, such as {@code "36KiB"}. */
    static String size(long bytes) {
        return '"' + new ByteSize(bytes).exact() + '"';
    }

    /** Writes the calls that allow what there is: its kinds, and of each kind the most that a device has of it. */
    static String leavesNoMoreThan(Memory left) {
        return call("leavesNothingBut", left.kinds().toArray())
                + left.kinds().stream()
                        .map(kind -> NEXT + call("leavesAtMost", kind, size(left.most(kind))))
                        .collect(Collectors.joining());
    }

    /** Writes a call for each kind that a device has. */
    static String leavesNoMoreThan(int device, Memory left) {
        return left.kinds().stream()
                .map(kind ->
                        call("leavesAtMost", device, kind, size(left.totals().of(device, kind))))
                .collect(Collectors.joining(NEXT));
    }
}
