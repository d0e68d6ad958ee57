package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.SnapshotCodec;
import io.github.ttmemorycheck.snapshot.FreeFault;
import io.github.ttmemorycheck.snapshot.FreeFault.Kind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The last frees that named nothing, or not one thing alone, while a mark is open. A free of nothing is a fault only
 * if it names what its process had freed before; that is found out when somebody asks, since such frees are ordinary
 * and may be many.
 */
final class FreeFaults {

    /** Frees kept: a test whose frees go wrong shows it with a few. */
    static final int MOST = 256;

    /**
     * One free.
     *
     * @param fault what would be wrong with it
     * @param order the order of the last allocation before it
     */
    private record Noted(long serial, FreeFault fault, long order) {}

    private record Place(int processId, int device, long address) {}

    private final Deque<Noted> noted = new ArrayDeque<>();
    private long lastSerial;

    /** Returns the number of the last free that was noted. */
    long last() {
        return lastSerial;
    }

    void note(Kind kind, int device, long address, TrackedProcess sender, long order) {
        if (noted.size() == MOST) {
            noted.removeFirst();
        }
        noted.addLast(new Noted(++lastSerial, new FreeFault(kind, device, address, sender.processId()), order));
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(lastSerial);
        out.writeInt(noted.size());
        for (Noted each : noted) {
            out.writeLong(each.serial());
            SnapshotCodec.write(each.fault(), out);
            out.writeLong(each.order());
        }
    }

    void read(DataInput in) throws IOException {
        lastSerial = in.readLong();
        for (int more = in.readInt(); more > 0; more--) {
            noted.addLast(new Noted(in.readLong(), SnapshotCodec.fault(in), in.readLong()));
        }
    }

    void forgetAll() {
        noted.clear();
    }

    /**
     * Returns the faults since one was the last.
     *
     * @param released buffers that were there at that time and were freed since
     * @param passing buffers that came and went
     */
    List<FreeFault> since(long serial, Collection<BufferEntry> released, Collection<BufferEntry> passing) {
        if (lastSerial == serial) {
            return List.of();
        }
        Map<Place, Long> freed = new HashMap<>();
        Stream.of(released, passing)
                .flatMap(Collection::stream)
                .forEach(entry -> freed.merge(
                        new Place(entry.owner().processId(), entry.device(), entry.number()),
                        entry.order(),
                        Math::min));
        List<FreeFault> faults = new ArrayList<>();
        for (Noted each : noted) {
            FreeFault fault = each.fault();
            Place place = new Place(fault.processId(), fault.device(), fault.address());
            // Nothing was at the address when it came: what had been allocated there before had been freed.
            boolean twice = freed.getOrDefault(place, Long.MAX_VALUE) <= each.order();
            if (each.serial() > serial && (fault.kind() != Kind.FREED_TWICE || twice)) {
                faults.add(fault);
            }
        }
        return faults;
    }
}
