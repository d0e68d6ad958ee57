package io.github.ttmemorycheck.snapshot;

import static org.apiguardian.api.API.Status.STABLE;

import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a piece of device memory is, as the runtime reports it.
 *
 * <p>The first five are the runtime's buffer types, in the order of its enum. Circular buffers and kernels are reported
 * apart from buffers, with numbers of their own.
 */
@API(status = STABLE, since = "0.1")
public enum MemoryKind {
    /** Device DRAM, shared by all cores of a device. */
    DRAM("dram"),
    /** The SRAM of the worker cores. */
    L1("l1"),
    /** Host memory that a device can reach. */
    SYSTEM_MEMORY("systemMemory"),
    /** The small region at the end of L1 that some operations reserve. */
    L1_SMALL("l1Small"),
    /** The DRAM region that holds captured traces. */
    TRACE("trace"),
    /** Circular buffers of a program, in L1. */
    CIRCULAR_BUFFER("circularBuffers"),
    /** Kernel binaries of a program. */
    KERNEL("kernels");

    private final String attribute;

    MemoryKind(String attribute) {
        this.attribute = attribute;
    }

    /**
     * {@return the name that annotations and settings use: {@code dram}, {@code l1}, {@code systemMemory}, {@code
     * l1Small}, {@code trace}, {@code circularBuffers} or {@code kernels}}
     */
    public String attribute() {
        return attribute;
    }

    /**
     * Finds a kind by the name used in annotations and settings, or by its enum name, in any case and with or without
     * {@code _} and {@code -}: {@code l1Small}, {@code L1_SMALL} and {@code l1-small} are one kind.
     *
     * @param name the name to look for
     * @return the kind, or empty when there is none of that name
     */
    public static Optional<MemoryKind> byName(String name) {
        String plain = plain(name);
        for (MemoryKind kind : values()) {
            if (plain.equals(plain(kind.attribute)) || plain.equals(plain(kind.name()))) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static String plain(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
