package io.github.ttmemorycheck;

import static org.apiguardian.api.API.Status.STABLE;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import org.apiguardian.api.API;

/**
 * The names of the settings. Each is a JUnit configuration parameter: set it in {@code junit-platform.properties}, with
 * {@code -D} on the JVM that runs the tests, or through the launcher. A value that is not allowed is an error before
 * the first test, and so is a name under {@value #PREFIX} that does not exist.
 */
@API(status = STABLE, since = "0.1")
public final class TtMemoryCheckSettings {

    /** What all settings begin with: {@value}. */
    public static final String PREFIX = SettingKeys.PREFIX;

    /**
     * What a leak does: {@value}.
     *
     * <p>{@code fail} (default) fails the test; {@code warn} logs the same message as a warning; {@code off} checks
     * nothing and starts nothing: {@link DeviceMemory} then shows nothing, which is logged once, and still clears
     * caches when it is told to.
     */
    public static final String MODE = SettingKeys.MODE;

    /**
     * Who is asked what is allocated: {@value}.
     *
     * <p>{@code auto} (default) is all of them for the whole run, each where it is there; or one or several, commas
     * between, which are needed then: {@code device} asks the devices of the tests themselves, where their binding can
     * answer; {@code embedded} is a server in the JVM of the tests, or that of another JVM of tests which has it open
     * already; {@code server} is one that runs, or is started by {@value #SERVER_COMMAND}; {@code shm} reads the
     * shared-memory regions of {@value #SHM_DIRECTORY}. For a device and a kind of memory the one counts that knows
     * most, in this order; the others are held against it.
     */
    public static final String TRACKER = SettingKeys.TRACKER;

    /**
     * The Unix socket that the tracker listens on: {@value}.
     *
     * <p>A path of at most 106 bytes. The default, {@code /tmp/tt_allocation_server.sock}, is the one that the
     * runtime's own client connects to; clients connect to another only where they are set to.
     */
    public static final String SOCKET = SettingKeys.SOCKET;

    /**
     * A command line for {@code sh} that starts an allocation server on {@value #SOCKET}: {@value}.
     *
     * <p>None by default. The server is started where nobody listens yet, at the first check, its output is read, and
     * it is ended with the run. Needs {@code server} or {@code auto} in {@value #TRACKER}.
     */
    public static final String SERVER_COMMAND = SettingKeys.SERVER_COMMAND;

    /**
     * A file that the output of an allocation server is written to: {@value}.
     *
     * <p>A path; none by default. The dumps in it name buffers that the server's answers do not. Needs {@value
     * #TRACKER} {@code server} or {@code auto}.
     */
    public static final String SERVER_LOG = SettingKeys.SERVER_LOG;

    /**
     * The directory of the shared-memory regions: {@value}.
     *
     * <p>{@code /dev/shm} by default.
     */
    public static final String SHM_DIRECTORY = SettingKeys.SHM_DIRECTORY;

    /**
     * The chips whose shared-memory regions are not read: {@value}.
     *
     * <p>Their unique numbers, as they stand in the names of the files, with commas between; none by default. For a
     * chip whose region cannot be read, for example since it belongs to another user: that region does not say which
     * device it is of, so that nothing could be said of any.
     */
    public static final String SHM_IGNORE = SettingKeys.SHM_IGNORE;

    /**
     * Whose memory is judged: {@value}.
     *
     * <p>{@code run} (default) judges what the JVM of the tests and its descendants leave, and what processes of the
     * same user leave that started later and belong to no other JVM of tests; {@code tree} the former alone, which
     * needs a tracker that knows processes; {@code all} judges what any process leaves. What other processes add is
     * named in a note, and fails nothing. A third-party server does not know whose memory it is, so that all of it
     * counts for {@code run}.
     */
    public static final String PROCESSES = SettingKeys.PROCESSES;

    /**
     * How long to wait for what is left to go before it counts as a leak: {@value}.
     *
     * <p>A number and a unit, {@code ms}, {@code s} or {@code m}; {@code 1s} by default, {@code 0s} never waits, and a
     * day is the most. A test that leaves no more than is allowed never waits.
     */
    public static final String SETTLE = SettingKeys.SETTLE;

    /**
     * When to force a garbage collection before judging: {@value}.
     *
     * <p>{@code auto} (default) collects where it can change the verdict: where what is left would fail the test, where
     * only totals are known and more is held than after the last collection, where a baseline is recorded, and while
     * repetitions may still count as growth; {@code always} and {@code never} do what they say.
     */
    public static final String GC = SettingKeys.GC;

    /**
     * What a test does whose memory could not be measured: {@value}.
     *
     * <p>{@code fail} (default) fails it, {@code warn} logs a warning.
     */
    public static final String INCONCLUSIVE = SettingKeys.INCONCLUSIVE;

    /**
     * The start of the settings that allow memory to be left: {@value}.
     *
     * <p>Followed by a device's number or {@code *} for each device, a dot, and a kind of memory: {@code dram}, {@code
     * l1}, {@code l1Small}, {@code trace}, {@code systemMemory}, {@code circularBuffers} or {@code kernels}. The value
     * is a size such as {@code 36KiB}. Example: {@code tt.memory.check.baseline.0.l1 = 12KiB}.
     */
    public static final String BASELINE = SettingKeys.BASELINE;

    /**
     * A file of recorded baselines: {@value}.
     *
     * <p>A path; none by default. It states for each test and class what may be left, less specific than
     * {@link MemoryBaseline} on the method and more specific than everything else. It is written by
     * {@value #BASELINE_RECORD}; without that its values only shrink.
     */
    public static final String BASELINE_FILE = SettingKeys.BASELINE_FILE;

    /**
     * Whether what is left is recorded in {@value #BASELINE_FILE}: {@value}.
     *
     * <p>{@code false} (default) or {@code true}, which needs the file and lets pass what no annotation forbids.
     */
    public static final String BASELINE_RECORD = SettingKeys.BASELINE_RECORD;

    /**
     * The start of the settings that say how much memory a device has: {@value}.
     *
     * <p>Followed by a device's number or {@code *} for each device, a dot, and a kind of memory, as in {@value
     * #BASELINE}. The value is a size such as {@code 12GiB}. The message about growth then says when the device is
     * full. None by default: then what the tracker knows counts.
     */
    public static final String CAPACITY = SettingKeys.CAPACITY;

    /**
     * What becomes of a class in which the tracker saw nothing at all, and of an annotated one that another engine than
     * JUnit Jupiter runs: {@value}.
     *
     * <p>{@code warn} (default) logs the likely cause, {@code fail} fails the class, or the run where no test of
     * Jupiter could be failed, {@code ignore} says nothing.
     */
    public static final String IDLE = SettingKeys.IDLE;

    /**
     * What becomes of a test that frees an address twice: {@value}. Known where the tracker knows buffers.
     *
     * <p>{@code warn} (default) logs it, {@code fail} fails the test, {@code ignore} says nothing.
     */
    public static final String DOUBLE_FREE = SettingKeys.DOUBLE_FREE;

    /**
     * When program caches are cleared where {@link TtMemoryCheck#clearProgramCache()} does not say so: {@value}.
     *
     * <p>{@code each} (default) clears them after each test; {@code class} once, when the tests of a class are through,
     * so that nothing is compiled twice for the check.
     */
    public static final String CACHE = SettingKeys.CACHE;

    /**
     * How long a call of a binding may take: {@value}.
     *
     * <p>A number above 0 and a unit, {@code ms}, {@code s} or {@code m}; {@code 10s} by default, a day at most. The
     * required methods of {@code TtDevice}, {@code isOpen()}, and caches that tests name, run on the test's own thread:
     * a call that takes longer is interrupted, and one that no interrupt ends is waited for, with a warning that says
     * where it stands. The other methods run on a thread of the library, and are given up. What did not return in time
     * is left alone for the rest of the class, by name.
     */
    public static final String DEVICE_TIMEOUT = SettingKeys.DEVICE_TIMEOUT;

    /**
     * Whether to record where Java code allocated what is live: {@value}.
     *
     * <p>{@code on} (default) looks at the top of the stack at each allocation that is reported through an
     * {@link io.github.ttmemorycheck.client.AllocationClient} of this JVM, which takes one to three microseconds, and
     * the message of a leak shows it; {@code off} costs nothing. At most 1,048,576 live buffers and 10,000 places are
     * recorded.
     */
    public static final String SITES = SettingKeys.SITES;

    /**
     * The folder for the report of the run and the dumps of leaking tests: {@value}.
     *
     * <p>{@code target/tt-memory-check} by default, from the working directory of the tests. It is made when needed.
     * Processes of one build that name the same folder write one report. A folder that cannot be written is warned of.
     */
    public static final String REPORT_DIRECTORY = SettingKeys.REPORT_DIRECTORY;

    private TtMemoryCheckSettings() {}
}
