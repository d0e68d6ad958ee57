package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.NumberSpace;
import org.jspecify.annotations.Nullable;

/**
 * Finds entries by their device and number; several buffers may have one address, each of another process, kind or
 * size. A hash table whose entries are chained by a field of their own: a {@code HashMap} takes 64 bytes more for each,
 * a node and a key.
 *
 * <p>At most three entries for four places, so that a chain has hardly ever more than a few; it grows twofold, and
 * never shrinks.
 */
final class BufferTable {

    private static final int PLACES_AT_FIRST = 1 << 10;
    private static final int MOST_PLACES = 1 << 30;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private @Nullable BufferEntry[] places = new BufferEntry[PLACES_AT_FIRST];
    private int size;

    /** Returns the circular buffer or the kernel that a process has by a number; there is one at most. */
    @Nullable
    BufferEntry get(int device, NumberSpace space, long number, TrackedProcess owner) {
        BufferEntry entry = places[place(device, number)];
        while (entry != null && !(entry.is(device, space, number) && entry.isOf(owner))) {
            entry = entry.nextInTable;
        }
        return entry;
    }

    /** Returns one of the buffers that a process has at an address; {@link #another} returns the others. */
    @Nullable
    BufferEntry oneAt(int device, long address, TrackedProcess owner) {
        return at(places[place(device, address)], device, address, owner);
    }

    @Nullable
    BufferEntry another(BufferEntry one) {
        return at(one.nextInTable, one.device(), one.number(), one.owner());
    }

    /** Returns whether the process of a buffer has further ones at its address. */
    @SuppressWarnings("ReferenceEquality") // the entry itself is meant, not one that is like it
    boolean hasOthersBeside(BufferEntry one) {
        return another(one) != null || oneAt(one.device(), one.number(), one.owner()) != one;
    }

    private static @Nullable BufferEntry at(
            @Nullable BufferEntry first, int device, long address, TrackedProcess owner) {
        BufferEntry entry = first;
        while (entry != null && !(entry.is(device, NumberSpace.BUFFER, address) && entry.isOf(owner))) {
            entry = entry.nextInTable;
        }
        return entry;
    }

    void add(BufferEntry entry) {
        if (size >= places.length / 4 * 3 && places.length < MOST_PLACES) {
            grow();
        }
        size++;
        put(entry);
    }

    @SuppressWarnings("ReferenceEquality") // the entry itself is meant, not one that is like it
    void remove(BufferEntry entry) {
        int place = place(entry);
        BufferEntry before = places[place];
        if (before == entry) {
            places[place] = entry.nextInTable;
        } else {
            while (before != null && before.nextInTable != entry) {
                before = before.nextInTable;
            }
            if (before == null) {
                throw new IllegalStateException("an entry was removed that is not in the table");
            }
            before.nextInTable = entry.nextInTable;
        }
        entry.nextInTable = null;
        size--;
    }

    int size() {
        return size;
    }

    private void grow() {
        @Nullable BufferEntry[] old = places;
        places = new BufferEntry[old.length * 2];
        for (BufferEntry first : old) {
            for (BufferEntry entry = first; entry != null; ) {
                BufferEntry next = entry.nextInTable;
                put(entry);
                entry = next;
            }
        }
    }

    private void put(BufferEntry entry) {
        int place = place(entry);
        entry.nextInTable = places[place];
        places[place] = entry;
    }

    private int place(BufferEntry entry) {
        return place(entry.device(), entry.number());
    }

    /** Addresses are multiples of a page: their low bits alone would fill few of the places. */
    private int place(int device, long number) {
        long mixed = (number + device * 31L) * SPREAD;
        return (int) (mixed ^ mixed >>> 32) & (places.length - 1);
    }
}
