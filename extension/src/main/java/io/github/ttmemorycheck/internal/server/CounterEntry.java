package io.github.ttmemorycheck.internal.server;

import org.jspecify.annotations.Nullable;

/**
 * A circular buffer or a kernel: in the runtime a counter, so that what is added to its number adds up.
 */
final class CounterEntry extends BufferEntry {

    private final UnsignedTotal bytes = new UnsignedTotal();

    /** What was added to the same number before the mark that came between; set by {@link BufferRegistry} alone. */
    @Nullable
    CounterEntry below;

    CounterEntry(DeviceTotals.Figure figure, long number, long size, Sender sender, long order, long seenAtNanos) {
        super(figure, number, 0, sender, order, seenAtNanos);
        bytes.add(size);
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
