package io.github.ttmemorycheck.samples.simulation;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.device.AllocatedBuffer;
import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.ArrayList;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One device of the mesh: its addresses, what lives at them, and the reports about it.
 *
 * <p>Tensors grow from the bottom of DRAM, programs and traces from its top, as was seen on hardware; in L1 circular
 * buffers are at the bottom and tensors at the top. The figures are those of a Wormhole chip, except that DRAM begins
 * above the end of L1, since a free names an address without saying in which memory. Not thread-safe: guarded by the
 * lock of the mesh.
 */
final class SimulatedChip {

    private static final long DRAM_BEGIN = 0x40_0000;
    private static final long DRAM_END = 0x4000_0000;
    private static final int DRAM_BANKS = 12;
    private static final long CIRCULAR_BUFFERS_BEGIN = 0x1_8B20;
    private static final long L1_TENSORS_BEGIN = 0x8_0000;
    private static final long L1_END = 0x16_E000;
    private static final int CORES = 72;

    private final int number;
    private final @Nullable AllocationClient client;
    private final SimulatedRegions regions = SimulatedRegions.get();
    private final BankedMemory dram = new BankedMemory("DRAM", DRAM_BEGIN, DRAM_END, DRAM_BANKS);
    private final BankedMemory l1 = new BankedMemory("L1", L1_TENSORS_BEGIN, L1_END, CORES);
    private final NavigableMap<Long, Block> live = new TreeMap<>();
    private long nextCircularBuffer = CIRCULAR_BUFFERS_BEGIN;

    SimulatedChip(int number, @Nullable AllocationClient client) {
        this.number = number;
        this.client = client;
    }

    long allocateTensor(MemoryKind kind, long bytes) {
        return report(
                switch (kind) {
                    case DRAM -> dram.allocateLow(bytes);
                    case L1 -> l1.allocateHigh(bytes);
                    default -> throw new IllegalArgumentException("a tensor must be in DRAM or L1, not in " + kind);
                },
                kind,
                bytes);
    }

    long allocateTrace(MemoryKind kind, long bytes) {
        return report(dram.allocateHigh(bytes), kind, bytes);
    }

    /**
     * Allocates twice, as the buffer and as a view of it, and frees the view: what loading a program was seen to do.
     */
    long loadKernel(long bytes) {
        long address = report(dram.allocateHigh(bytes), MemoryKind.DRAM, bytes);
        share(address);
        free(address);
        return address;
    }

    /** Allocates a circular buffer, in every core at one address. Nothing frees it before the device is closed. */
    void allocateCircularBuffer(long bytes) {
        long address = nextCircularBuffer;
        if (bytes > L1_TENSORS_BEGIN - address) {
            throw new IllegalStateException(
                    "the SIMULATED device is out of L1 for circular buffers, whose frees carry no address; close it");
        }
        nextCircularBuffer += bytes;
        report(address, MemoryKind.L1, bytes);
    }

    private long report(long address, MemoryKind kind, long bytes) {
        live.put(address, new Block(kind, bytes, 1));
        regions.add(number, kind, bytes);
        reportAllocated(kind, address, bytes);
        return address;
    }

    private void reportAllocated(MemoryKind kind, long address, long bytes) {
        if (client != null) {
            client.allocate(number, kind, address, bytes);
        }
    }

    /** Allocates once more what is there already. */
    void share(long address) {
        Block block = live.compute(address, (at, held) -> block(held, at).withReferences(+1));
        reportAllocated(block.kind(), address, block.bytes());
    }

    /** Frees once; the address can be used again when it was freed as often as it was allocated. */
    void free(long address) {
        Block block = live.compute(address, (at, held) -> block(held, at).withReferences(-1));
        if (client != null) {
            client.free(number, address);
        }
        if (block.references() == 0) {
            live.remove(address);
            regions.add(number, block.kind(), -block.bytes());
            dram.free(address);
            l1.free(address);
        }
    }

    /** Frees everything as often as it was allocated. */
    void freeAll() {
        for (long address : new ArrayList<>(live.keySet())) {
            while (live.containsKey(address)) {
                free(address);
            }
        }
    }

    /** Lists what its allocator holds. Circular buffers are no buffers there. */
    Stream<AllocatedBuffer> buffers() {
        return live.tailMap(L1_TENSORS_BEGIN).entrySet().stream()
                .map(entry -> new AllocatedBuffer(
                        number,
                        entry.getValue().kind(),
                        entry.getKey(),
                        entry.getValue().bytes()));
    }

    Optional<MemoryView> view(MemoryKind kind) {
        return switch (kind) {
            case DRAM -> Optional.of(dram.view());
            case L1 -> Optional.of(l1.view());
            default -> Optional.empty();
        };
    }

    private Block block(@Nullable Block held, long address) {
        if (held == null) {
            throw new IllegalStateException(
                    "nothing is allocated at 0x" + Long.toHexString(address) + " of SIMULATED device " + number);
        }
        return held;
    }

    private record Block(MemoryKind kind, long bytes, int references) {

        Block withReferences(int more) {
            return new Block(kind, bytes, references + more);
        }
    }
}
