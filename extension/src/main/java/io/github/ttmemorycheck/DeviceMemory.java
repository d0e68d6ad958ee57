package io.github.ttmemorycheck;

import static org.apiguardian.api.API.Status.STABLE;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.snapshot.MemorySnapshot;
import io.github.ttmemorycheck.snapshot.SnapshotDiff;
import io.github.ttmemorycheck.snapshot.TrackerException;
import org.apiguardian.api.API;

/**
 * What is allocated on the devices, for tests that look for themselves. Declare it as a parameter of a test, a
 * lifecycle method or a constructor of a class that is checked.
 *
 * <pre>{@code
 * @Test
 * void a_tensor_takes_what_it_says(DeviceMemory memory) {
 *     MemorySnapshot before = memory.snapshot();
 *     try (Tensor tensor = mesh.tensor(DRAM, 4096)) {
 *         assertThat(memory.since(before)).leavesExactly(0, DRAM, "4KiB");
 *     }
 * }
 * }</pre>
 *
 * <p>Where {@value TtMemoryCheckSettings#MODE} is {@code off}, nothing is measured: it shows no memory at all, and that
 * is logged once.
 *
 * <p>May be used from any thread. Each answer holds every event whose {@code send} had returned before it was asked
 * for.
 */
@API(status = STABLE, since = "0.1")
public interface DeviceMemory {

    /**
     * Returns what is allocated now.
     *
     * @return the snapshot
     * @throws TrackerException when it is not known
     */
    MemorySnapshot snapshot();

    /**
     * Returns what changed since an earlier snapshot.
     *
     * @param earlier a snapshot of this run
     * @return what changed
     * @throws TrackerException when it is not known
     */
    SnapshotDiff since(MemorySnapshot earlier);

    /**
     * Clears the program cache of every open device that is known, and every {@linkplain #addCache added} cache, as the
     * check itself does after each test. The caches stay enabled. No program cache is cleared while a captured trace is
     * live, which TRACE memory or a device shows; that is logged.
     *
     * @throws TrackerException when what it released is not known
     */
    void clearProgramCaches();

    /**
     * Writes everything that is allocated now for people to read.
     *
     * @return a line for each buffer where buffers are known, totals otherwise
     * @throws TrackerException when it is not known
     */
    String dump();

    /**
     * Makes a device known whose program cache is to be cleared: until the end of the test when it is called in a test,
     * {@code @BeforeEach} or the constructor, until the end of the class when it is called in {@code @BeforeAll}.
     *
     * @param device a device that no field of the test class holds, or a mock, which is left alone otherwise
     * @param <D> its type
     * @return the same device
     */
    <D extends TtDevice> D manage(D device);

    /**
     * Makes a cache known that holds device memory by design, beside the program caches: it is cleared whenever they
     * are, and what it held is reported under its name. It is known as long as a {@linkplain #manage managed} device
     * would be; the same name again replaces it.
     *
     * @param name its name in messages, for example {@code rope tables}
     * @param clear clears it; called from the thread of the test. What it throws is logged, and the cache counts as not
     *     cleared
     */
    void addCache(String name, Runnable clear);
}
