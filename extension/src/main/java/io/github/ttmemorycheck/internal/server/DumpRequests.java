package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.tracker.DumpText;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Dumps that clients asked for. They get no answer: the dump goes to the log. Several asked for at once are one.
 */
final class DumpRequests {

    private Set<MessageType> asked = EnumSet.noneOf(MessageType.class);

    void add(MessageType type) {
        asked.add(type);
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    Set<MessageType> take() {
        Set<MessageType> taken = asked;
        asked = EnumSet.noneOf(MessageType.class);
        return taken;
    }

    /** Writes a dump to the log. */
    static void log(MessageType type, MemorySnapshot snapshot) {
        StringBuilder text = new StringBuilder();
        try {
            if (type == MessageType.DUMP_KERNELS) {
                DumpText.ofKinds(EnumSet.of(MemoryKind.KERNEL), DumpText.SHORT).write(snapshot, text);
            } else {
                DumpText.ofKinds(EnumSet.allOf(MemoryKind.class), DumpText.SHORT)
                        .write(snapshot, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a StringBuilder takes everything", e);
        }
        ServerLog.log().answer(text.toString().stripTrailing());
    }
}
