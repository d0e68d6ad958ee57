package io.github.ttmemorycheck.samples.simulation;

/** How a {@link SimulatedMeshDevice} misbehaves, or is lenient, beyond what it does by itself. */
public enum SimulationOption {

    /**
     * The key of each call of an operation is a new one, so no program is ever found again, and clearing the program
     * cache does not reach the programs either: they stay until the device is closed. {@code add} and {@code matmul}
     * together leave 36 KiB of DRAM on each device and 12 KiB of L1 on device 0 more at each run.
     */
    UNSTABLE_PROGRAM_KEYS,

    /**
     * The key of each call of an operation is a new one, as above, but the program cache does hold the programs, so
     * that it gets an entry more with each call, and clearing it releases them.
     */
    NEW_PROGRAM_KEYS,

    /** A tensor that nothing refers to any more is deallocated as soon as the garbage collector has found that out. */
    GARBAGE_IS_FREED,

    /**
     * As {@link #GARBAGE_IS_FREED}, but the collector only puts the tensor into a queue, which a thread of the device
     * works off 50 to 200 milliseconds later.
     */
    GARBAGE_IS_FREED_LATE,

    /** No region is set aside for traces, so that a captured trace is a buffer in DRAM like any other. */
    TRACES_IN_DRAM
}
