package io.github.ttmemorycheck.device;

import static org.apiguardian.api.API.Status.STABLE;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apiguardian.api.API;

/**
 * A Tenstorrent device, or a mesh of them, as far as a memory check needs to know it. A Java binding implements this
 * interface in its device class, under the names the vendor's own API uses.
 *
 * <p>Programs stay in a device's program cache, with the memory they hold, after the operation that built them has
 * ended. That memory is no leak, so the cache of every open device is cleared before what is left is judged. Devices
 * are found in the fields of a test class, through {@link TtDeviceProvider}, or by being handed over in the test.
 *
 * <p>The first five methods are called from the thread that runs the test. One that takes longer than {@code
 * tt.memory.check.deviceTimeout}, 10 seconds by default, is interrupted, and the device is left alone for the rest of
 * the class. An exception of theirs is logged as a warning, and named in the message when the test fails. A cache that
 * could not be cleared never counts as cleared, so what it holds counts as left.
 *
 * <p>The other five are optional: each answers a question that nobody else can, and says "not known" unless the binding
 * knows. They need no traffic to the device, only the bookkeeping of its allocator, and are asked only while the device
 * is open. They are called from a thread of the library, one call at a time, while the thread that runs the test waits.
 * One that throws, takes longer than {@code tt.memory.check.deviceTimeout} or answers what cannot be is logged as a
 * warning, once, and counts as "not known" in that question: it fails no test by itself and makes no test pass.
 */
@API(status = STABLE, since = "0.1")
public interface TtDevice {

    /** Enables the program cache. Does nothing when it is enabled already. */
    void enableProgramCache();

    /**
     * Releases every cached program and the memory it holds. The cache stays enabled, or disabled, as it was.
     */
    void clearProgramCache();

    /** Releases every cached program and disables the cache, until {@link #enableProgramCache()} is called. */
    void disableAndClearProgramCache();

    /**
     * Counts the programs in the cache.
     *
     * @return how many programs are cached now; zero after {@link #clearProgramCache()}
     */
    long numProgramCacheEntries();

    /**
     * Says whether the device can still be used. The other methods are not called on a device that is closed.
     *
     * @return {@code true} unless the binding knows better
     */
    default boolean isOpen() {
        return true;
    }

    /**
     * Names the devices it stands for: {@code get_device_ids()}.
     *
     * <p>With this, memory of a device that has been closed or reset is known to be gone, whatever frees were never
     * reported; and the entries of a mesh that allocates in lock-step count for each of its devices.
     *
     * @return the logical device numbers, as the runtime reports them, each 0 or more and once; empty when they are not
     *     known, which is the default
     */
    default List<Integer> deviceIds() {
        return List.of();
    }

    /**
     * Names the process that has it open, where that is not this JVM but, for example, a worker that the binding talks
     * to.
     *
     * <p>With this, what the device holds is charged to that process, and what that process held is known to be gone
     * when the device is closed.
     *
     * <p>Without it the device is this JVM's, or that of the one process of the run that has memory on it; where
     * several could be meant, what they left counts, and a note says so.
     *
     * @return the process id, 1 or more, as this JVM sees it; empty for this JVM or when it is not known, which is the
     *     default
     */
    default OptionalLong processId() {
        return OptionalLong.empty();
    }

    /**
     * Counts the bytes of captured traces that are live: {@code get_trace_buffers_size()}.
     *
     * <p>With this, the program cache is never cleared under a trace that lies in DRAM because no region is set aside
     * for traces, where nothing of the kind TRACE is ever reported; and a forgotten trace is called by its name. Where
     * a call fails, a trace may be live, and the cache is not cleared either.
     *
     * @return bytes, 0 or more; empty when they are not known, which is the default
     */
    default OptionalLong traceBuffersSize() {
        return OptionalLong.empty();
    }

    /**
     * Lists the live buffers of its allocator: {@code get_allocated_buffers()}, or {@code reports.get_buffers(device)}.
     *
     * <p>With this, memory is checked without a server or a setting in any process, and what others report is held
     * against what is really allocated. The list is asked for at each mark and each measurement, several times a test.
     *
     * @return every live buffer, each once, in any order, on the numbers of {@link #deviceIds()}; an empty list when
     *     nothing is allocated; an empty {@code Optional} when it is not known, which is the default
     */
    default Optional<List<AllocatedBuffer>> allocatedBuffers() {
        return Optional.empty();
    }

    /**
     * Shows how full a kind of memory is: {@code get_memory_view(device, buffer_type)}.
     *
     * <p>With this, the message says when the device will be full without a setting, and a test that ran out of memory
     * is shown the largest free block.
     *
     * @param kind the kind of memory
     * @return the figures of one device, in bytes, where a mesh has the same on each of its devices; empty when they
     *     are not known, which is the default
     */
    default Optional<MemoryView> memoryView(MemoryKind kind) {
        return Optional.empty();
    }
}
