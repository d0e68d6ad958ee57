package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.Collection;
import java.util.stream.Collectors;

/** Writes the assertion that would pass, ready to be copied. */
final class Suggestion {

    /** Puts a further call below the first, behind the label {@code to allow:}. */
    private static final String NEXT = "\n            .";

    private Suggestion() {}

    /** Writes a call such as {@code leavesAtMost(DRAM, "36KiB")}. */
    static String call(String assertion, MemoryKind kind, long bytes) {
        return assertion + "(" + kind + ", \"" + new ByteSize(bytes).exact() + "\")";
    }

    /** Writes a call such as {@code leavesAtMost(3, DRAM, "36KiB")}. */
    static String call(String assertion, int device, MemoryKind kind, long bytes) {
        return assertion + "(" + device + ", " + kind + ", \"" + new ByteSize(bytes).exact() + "\")";
    }

    /** Writes a call for each kind there is, with the most that a device has of it. */
    static String calls(String assertion, Memory memory) {
        return memory.kinds().stream()
                .map(kind -> call(assertion, kind, memory.most(kind)))
                .collect(Collectors.joining(NEXT));
    }

    /** Writes a call for each kind there is on a device. */
    static String calls(String assertion, int device, Memory memory) {
        return memory.kinds().stream()
                .map(kind -> call(assertion, device, kind, memory.bytes(device, kind)))
                .collect(Collectors.joining(NEXT));
    }

    /** Writes the call that allows some kinds only. */
    static String nothingBut(Collection<MemoryKind> kinds) {
        return kinds.stream().map(MemoryKind::name).collect(Collectors.joining(", ", "leavesNothingBut(", ")"));
    }

    static String then(String first, String second) {
        return first + NEXT + second;
    }
}
