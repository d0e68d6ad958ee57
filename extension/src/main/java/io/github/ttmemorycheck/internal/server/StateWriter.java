package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Writes what a server knows, for the program that serves after it. Processes and senders are written where they first
 * occur, and by their number from then on. Not thread-safe.
 */
final class StateWriter extends DataOutputStream {

    /** What both sides must agree on, though both are of one library. */
    static final int VERSION = 1;

    /** Kinds go by their place here. */
    static final List<MemoryKind> KINDS = List.of(MemoryKind.values());

    static final int BUFFER = 0;
    static final int COUNTER = 1;
    static final int REFERENCE = 2;

    private final IdentityHashMap<TrackedProcess, Integer> processes = new IdentityHashMap<>();
    private final IdentityHashMap<Sender, Integer> senders = new IdentityHashMap<>();

    StateWriter(OutputStream out) throws IOException {
        super(out);
        writeInt(VERSION);
    }

    void process(TrackedProcess process) throws IOException {
        if (isNew(processes, process)) {
            writeInt(process.processId());
            writeLong(process.startTime());
            writeUTF(process.command());
            writeInt(process.run());
            writeBoolean(process.hasEnded());
        }
    }

    void sender(Sender sender) throws IOException {
        if (isNew(senders, sender)) {
            process(sender.process());
            writeBoolean(sender.isDisconnected());
        }
    }

    private <T> boolean isNew(IdentityHashMap<T, Integer> numbers, T one) throws IOException {
        Integer known = numbers.putIfAbsent(one, numbers.size());
        writeInt(known == null ? numbers.size() - 1 : known);
        return known == null;
    }

    /** Writes an entry; those that it refers to are named by their order. */
    void entry(BufferEntry entry) throws IOException {
        writeByte(shape(entry));
        writeInt(entry.device());
        writeByte(KINDS.indexOf(entry.kind()));
        writeLong(entry.number());
        sender(entry.sender());
        writeLong(entry.order());
        writeLong(entry.seenAtNanos());
        writeLong(entry.references());
        writeLong(entry.allocations());
        if (entry instanceof CounterEntry counter) {
            counter.bytes().write(this);
            writeBoolean(counter.ofSystem());
            writeLong(counter.below == null ? 0 : counter.below.order());
        } else if (entry instanceof AddedReference reference) {
            writeLong(reference.buffer().order());
        } else {
            writeLong(entry.shownSize());
        }
    }

    private static int shape(BufferEntry entry) {
        if (entry instanceof CounterEntry) {
            return COUNTER;
        }
        return entry instanceof AddedReference ? REFERENCE : BUFFER;
    }
}
