package io.github.ttmemorycheck.internal.sites;

import io.github.ttmemorycheck.internal.wire.NumberSpace;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The places of live buffers, each place once however many buffers are of it. Bounded, and thread-safe. */
final class SiteTable {

    private final Map<AllocationSite, Held> places = new ConcurrentHashMap<>();
    private final Map<Key, Held> buffers = new ConcurrentHashMap<>();
    private final int mostBuffers;
    private final int mostPlaces;
    private volatile boolean full;

    /** What a free names: an address, which buffers, circular buffers and kernels number apart. */
    record Key(int processId, int device, NumberSpace space, long address) {

        private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

        static Key of(int processId, int device, MemoryKind kind, long address) {
            return new Key(processId, device, NumberSpace.of(kind), address);
        }

        /** Addresses are multiples of powers of two, which the hash of a record leaves in few bins. */
        @Override
        public int hashCode() {
            long mixed = (address ^ (long) device << 48 ^ processId) * SPREAD + space.hashCode();
            return (int) (mixed >>> 32);
        }
    }

    /** The places of the first and the last of the allocations of a buffer that are not freed. */
    private record Held(AllocationSite first, AllocationSite last, int references) {}

    SiteTable(int mostBuffers, int mostPlaces) {
        this.mostBuffers = mostBuffers;
        this.mostPlaces = mostPlaces;
    }

    /**
     * Finds the place of the first allocation, or that of the last for what is only the later part of what is recorded:
     * a further reference, or a buffer in place of one whose free was never reported.
     */
    Optional<AllocationSite> find(Key key, long allocations) {
        return Optional.ofNullable(buffers.get(key))
                .map(held -> allocations < held.references() ? held.last() : held.first());
    }

    /** Returns whether something was not recorded since a limit was reached. */
    boolean isFull() {
        return full;
    }

    /**
     * Records an allocation. A further reference keeps the place of the first. Of a circular buffer the last counts:
     * the runtime reports the frees of circular buffers without an address.
     */
    void allocated(Key key, AllocationSite site) {
        Held once = once(site);
        if (once != null) {
            boolean last = key.space() == NumberSpace.CIRCULAR_BUFFER;
            buffers.merge(
                    key,
                    once,
                    (held, again) -> new Held(last ? again.last() : held.first(), again.last(), held.references() + 1));
        }
    }

    /** Forgets the place with the last reference. */
    void freed(Key key) {
        if (!buffers.isEmpty()) {
            buffers.computeIfPresent(
                    key,
                    (same, held) ->
                            held.references() == 1 ? null : new Held(held.first(), held.last(), held.references() - 1));
        }
    }

    /** Returns what all buffers of a place share that have one reference; none beyond the limits. */
    private @Nullable Held once(AllocationSite site) {
        Held known = places.get(site);
        boolean room = buffers.size() < mostBuffers && (known != null || places.size() < mostPlaces);
        if (!room) {
            full = true;
            return null;
        }
        return known == null ? places.computeIfAbsent(site, fresh -> new Held(fresh, fresh, 1)) : known;
    }
}
