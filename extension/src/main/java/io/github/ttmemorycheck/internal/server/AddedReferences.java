package io.github.ttmemorycheck.internal.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The references that were added to buffers after a mark, by buffer; few, so that buffers need no field for them. */
final class AddedReferences {

    private final IdentityHashMap<BufferEntry, Deque<AddedReference>> added = new IdentityHashMap<>();

    /** Returns those that were added last to a buffer, or null. */
    @Nullable
    AddedReference newest(BufferEntry buffer) {
        Deque<AddedReference> of = added.isEmpty() ? null : added.get(buffer);
        return of == null ? null : of.peekLast();
    }

    void add(AddedReference reference) {
        added.computeIfAbsent(reference.buffer(), none -> new ArrayDeque<>()).addLast(reference);
    }

    void removeNewest(BufferEntry buffer) {
        Deque<AddedReference> of = added.get(buffer);
        if (of != null) {
            of.removeLast();
            if (of.isEmpty()) {
                added.remove(buffer);
            }
        }
    }

    /** Removes all of a buffer, and returns them. */
    List<AddedReference> removeAll(BufferEntry buffer) {
        Deque<AddedReference> of = added.isEmpty() ? null : added.remove(buffer);
        return of == null ? List.of() : List.copyOf(of);
    }
}
