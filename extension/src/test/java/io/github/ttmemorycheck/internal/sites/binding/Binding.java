package io.github.ttmemorycheck.internal.sites.binding;

import io.github.ttmemorycheck.internal.sites.AllocationSites;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.stream.LongStream;

/** A binding in a package of its own, which reports through a client. */
public final class Binding {

    public static final int PROCESS = 4711;

    private Binding() {}

    /** What stands where the allocation client does. */
    private static final class Client {

        static void allocate(int processId, long address) {
            AllocationSites.allocated(processId, 0, MemoryKind.DRAM, address);
        }
    }

    public static void tensor(long address) {
        tensorOf(PROCESS, address);
    }

    /** Allocates in the name of a process. */
    public static void tensorOf(int processId, long address) {
        Client.allocate(processId, address);
    }

    /** Allocates with frames of the JDK between those of the binding. */
    public static void tensors(long... addresses) {
        LongStream.of(addresses).forEach(Binding::tensor);
    }

    /** Allocates with more frames of the binding on the stack than are looked at. */
    public static void tensorBelow(int frames, long address) {
        if (frames == 0) {
            tensor(address);
        } else {
            tensorBelow(frames - 1, address);
        }
    }
}
