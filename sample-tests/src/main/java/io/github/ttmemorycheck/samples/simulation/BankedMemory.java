package io.github.ttmemorycheck.samples.simulation;

import io.github.ttmemorycheck.device.MemoryView;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The addresses of one memory of one device, handed out first fit from either end.
 *
 * <p>A buffer is laid out in pages that go round the banks, and has the same address in all of them, so it takes fewer
 * addresses than bytes: 12 KiB in 2 KiB pages over 12 banks take 2 KiB of addresses. That is how two binaries of 12 and
 * 24 KiB come to lie 2 KiB apart. Not thread-safe: guarded by the lock of the mesh.
 */
final class BankedMemory {

    private static final long PAGE = 2048;

    private final String name;
    private final long begin;
    private final long end;
    private final int banks;
    private final NavigableMap<Long, Long> endsByAddress = new TreeMap<>();

    BankedMemory(String name, long begin, long end, int banks) {
        this.name = name;
        this.begin = begin;
        this.end = end;
        this.banks = banks;
    }

    /** Takes the lowest addresses that are free. */
    long allocateLow(long bytes) {
        long length = lengthInEachBank(bytes);
        long address = begin;
        for (Map.Entry<Long, Long> used : endsByAddress.entrySet()) {
            if (used.getKey() - address >= length) {
                break;
            }
            address = used.getValue();
        }
        return take(address, end - address, length, bytes);
    }

    /** Takes the highest addresses that are free. */
    long allocateHigh(long bytes) {
        long length = lengthInEachBank(bytes);
        long above = end;
        for (Map.Entry<Long, Long> used : endsByAddress.descendingMap().entrySet()) {
            if (above - used.getValue() >= length) {
                break;
            }
            above = used.getKey();
        }
        return take(above - length, above - begin, length, bytes);
    }

    private long take(long address, long available, long length, long bytes) {
        if (available < length) {
            throw new IllegalStateException("the SIMULATED device is out of " + name + ": no room for "
                    + ByteSize.format(bytes) + " in " + banks + " banks of " + ByteSize.format(end - begin)
                    + " each; deallocate something first");
        }
        endsByAddress.put(address, address + length);
        return address;
    }

    /** Gives addresses back. */
    void free(long address) {
        endsByAddress.remove(address);
    }

    /** Tells how full it is. */
    MemoryView view() {
        long allocated = 0;
        long largestFree = 0;
        long below = begin;
        for (Map.Entry<Long, Long> used : endsByAddress.entrySet()) {
            allocated += used.getValue() - used.getKey();
            largestFree = Math.max(largestFree, used.getKey() - below);
            below = used.getValue();
        }
        return new MemoryView(
                banks, end - begin, allocated, end - begin - allocated, Math.max(largestFree, end - below));
    }

    private long lengthInEachBank(long bytes) {
        return roundedUp(roundedUp(bytes, PAGE), banks) * PAGE;
    }

    private static long roundedUp(long dividend, long divisor) {
        return (dividend - 1) / divisor + 1;
    }
}
