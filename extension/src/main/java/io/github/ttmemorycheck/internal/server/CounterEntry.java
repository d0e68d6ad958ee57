package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import org.jspecify.annotations.Nullable;

/**
 * A circular buffer or a kernel: in the runtime a counter, so that what is added to its number adds up.
 */
final class CounterEntry extends BufferEntry {

    private final UnsignedTotal bytes;
    private boolean ofSystem;

    /** What was added to the same number before the mark that came between; set by {@link BufferRegistry} alone. */
    @Nullable
    CounterEntry below;

    CounterEntry(DeviceTotals.Figure figure, ClientMessage message, Sender sender, long order, long seenAtNanos) {
        this(figure, message.bufferId(), new UnsignedTotal(), message.isOfSystem(), sender, order, seenAtNanos);
        bytes.add(message.size());
    }

    /** Makes an entry that another server had; it keeps the bytes. */
    CounterEntry(
            DeviceTotals.Figure figure,
            long number,
            UnsignedTotal bytes,
            boolean ofSystem,
            Sender sender,
            long order,
            long seenAtNanos) {
        super(figure, number, 0, sender, order, seenAtNanos);
        this.bytes = bytes;
        this.ofSystem = ofSystem;
    }

    /** Adds what is reported for the same number. */
    void add(ClientMessage message) {
        allocatedAgain();
        bytes.add(message.size());
        ofSystem &= message.isOfSystem();
    }

    @Override
    boolean ofSystem() {
        return ofSystem;
    }

    UnsignedTotal bytes() {
        return bytes;
    }

    @Override
    long shownSize() {
        return bytes.shown();
    }

    @Override
    void subtractFrom(UnsignedTotal total) {
        total.subtract(bytes);
    }
}
