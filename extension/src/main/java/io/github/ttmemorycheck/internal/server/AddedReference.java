package io.github.ttmemorycheck.internal.server;

/**
 * Further references to a buffer that an open mark had seen already: kept apart, so that they show as left by whoever
 * added them. The buffer counts them too; its memory is counted once, with the buffer.
 */
final class AddedReference extends BufferEntry {

    private final BufferEntry buffer;

    AddedReference(BufferEntry buffer, Sender sender, long order, long seenAtNanos) {
        super(buffer.figure(), buffer.number(), buffer.shownSize(), sender, order, seenAtNanos);
        this.buffer = buffer;
    }

    BufferEntry buffer() {
        return buffer;
    }

    @Override
    long referenceTo() {
        return buffer.order();
    }
}
