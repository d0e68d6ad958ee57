package io.github.ttmemorycheck.internal.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote. Not thread-safe. */
final class StateReader extends DataInputStream {

    private final List<TrackedProcess> processes = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final Map<Long, BufferEntry> live = new HashMap<>();

    StateReader(InputStream in) throws IOException {
        super(in);
        int version = readInt();
        if (version != StateWriter.VERSION) {
            throw new IOException("what a server knows comes in version " + version + ", and this reads version "
                    + StateWriter.VERSION);
        }
    }

    TrackedProcess process() throws IOException {
        int number = readInt();
        if (number == processes.size()) {
            TrackedProcess process = new TrackedProcess(readInt(), readLong(), readUTF());
            process.belongsTo(readInt());
            if (readBoolean()) {
                process.end();
            }
            processes.add(process);
        }
        return processes.get(number);
    }

    Sender sender() throws IOException {
        int number = readInt();
        if (number == senders.size()) {
            TrackedProcess process = process();
            Sender sender = new Sender(process);
            if (readBoolean()) {
                sender.disconnect();
            }
            senders.add(sender);
        }
        return senders.get(number);
    }

    /** Reads an entry that is live; those that it refers to were read before it. */
    BufferEntry liveEntry(DeviceTotals totals) throws IOException {
        BufferEntry entry = entry(totals);
        live.put(entry.order(), entry);
        return entry;
    }

    BufferEntry entry(DeviceTotals totals) throws IOException {
        int shape = readByte();
        DeviceTotals.Figure figure = totals.figure(readInt(), StateWriter.KINDS.get(readByte()));
        long number = readLong();
        Sender sender = sender();
        long order = readLong();
        long seenAtNanos = readLong();
        long references = readLong();
        long allocations = readLong();
        BufferEntry entry;
        if (shape == StateWriter.COUNTER) {
            UnsignedTotal bytes = new UnsignedTotal();
            bytes.read(this);
            CounterEntry counter = new CounterEntry(figure, number, bytes, readBoolean(), sender, order, seenAtNanos);
            counter.below = (CounterEntry) live(readLong());
            entry = counter;
        } else if (shape == StateWriter.REFERENCE) {
            BufferEntry buffer = live(readLong());
            if (buffer == null) {
                throw new IOException("a reference was read before its buffer");
            }
            entry = new AddedReference(buffer, sender, order, seenAtNanos);
        } else {
            entry = new BufferEntry(figure, number, readLong(), sender, order, seenAtNanos);
        }
        entry.counted(references, allocations);
        return entry;
    }

    private @Nullable BufferEntry live(long order) {
        return order == 0 ? null : live.get(order);
    }
}
