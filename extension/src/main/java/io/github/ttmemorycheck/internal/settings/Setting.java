package io.github.ttmemorycheck.internal.settings;

import io.github.ttmemorycheck.internal.wire.TrackerSocket;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A setting: its key, what it allows, its default and what it means. This is the one place that states them; the tables
 * of {@code docs/settings.md} and of the README are checked against it.
 *
 * @param key the key; it ends with a dot where a device and a kind of memory follow
 * @param type what values it takes
 * @param byDefault the default as text; empty where there is none
 * @param withoutIt what holds where it is not given, as the documentation says it, in Markdown
 * @param meaning what it means, in Markdown
 */
public record Setting<T>(String key, SettingType<T> type, String byDefault, String withoutIt, String meaning) {

    /** Characters of a value: a file that was taken for one is refused, and not printed. */
    private static final int LONGEST = 10_000;

    public static final Setting<Mode> MODE = of(
            SettingKeys.MODE,
            SettingType.oneOf(Mode.class),
            "fail",
            "what a leak does: it fails its test; it is logged with the same message; nothing is checked and started");

    public static final Setting<Set<TrackerKind>> TRACKER = of(
            SettingKeys.TRACKER,
            SettingType.someOf(TrackerKind.class, TrackerKind.AUTO),
            "auto",
            "who is asked what is allocated: all that there are, for the whole run, or those that are named; see"
                    + " [trackers.md](trackers.md)");

    public static final Setting<Path> SOCKET = of(
            SettingKeys.SOCKET,
            SettingType.SOCKET,
            TrackerSocket.DEFAULT.toString(),
            "where the tracker listens; the default is the path that the runtime reports to");

    public static final Setting<String> SERVER_COMMAND = optional(
            SettingKeys.SERVER_COMMAND,
            SettingType.COMMAND,
            "start this allocation server where nobody listens yet, and end it with the run");

    public static final Setting<Path> SERVER_LOG = optional(
            SettingKeys.SERVER_LOG,
            SettingType.PATH,
            "read the output of an allocation server from this file, whose dumps name buffers");

    public static final Setting<Path> SHM_DIRECTORY = of(
            SettingKeys.SHM_DIRECTORY, SettingType.PATH, "/dev/shm", "where the runtime's shared-memory regions are");

    public static final Setting<Set<String>> SHM_IGNORE = new Setting<>(
            SettingKeys.SHM_IGNORE,
            SettingType.CHIPS,
            "",
            "none",
            "the chips whose regions are not read, by the number in `tt_device_<number>_memory`: for a region"
                    + " that cannot be read, for example another user's");

    public static final Setting<ProcessScope> PROCESSES = of(
            SettingKeys.PROCESSES,
            SettingType.oneOf(ProcessScope.class),
            "run",
            "whose memory is judged: that of the JVM of the tests, its descendants, and processes of its user that"
                    + " started later and belong to no other JVM of tests; without the last; or any process's. What"
                    + " others add is named, and fails nothing");

    public static final Setting<Duration> SETTLE = of(
            SettingKeys.SETTLE,
            SettingType.DURATION,
            "1s",
            "how long what is left has to go before it counts as a leak; a clean test never waits");

    public static final Setting<GcMode> GC = of(
            SettingKeys.GC,
            SettingType.oneOf(GcMode.class),
            "auto",
            "when to force a garbage collection: where it can change the verdict, which is where what is left would"
                    + " fail the test, where only totals are known and more is held than after the last collection,"
                    + " where a baseline is recorded, and while repetitions may still count as growth; before every"
                    + " verdict; not at all");

    public static final Setting<OnInconclusive> INCONCLUSIVE = of(
            SettingKeys.INCONCLUSIVE,
            SettingType.oneOf(OnInconclusive.class),
            "fail",
            "what becomes of a test whose memory could not be measured");

    public static final Setting<Idle> IDLE = of(
            SettingKeys.IDLE,
            SettingType.oneOf(Idle.class),
            "warn",
            "what becomes of a class in which the tracker saw nothing, or that another engine than JUnit Jupiter runs");

    public static final Setting<DoubleFree> DOUBLE_FREE = of(
            SettingKeys.DOUBLE_FREE,
            SettingType.oneOf(DoubleFree.class),
            "warn",
            "what becomes of a test that frees an address twice");

    public static final Setting<CacheMode> CACHE = of(
            SettingKeys.CACHE,
            SettingType.oneOf(CacheMode.class),
            "each",
            "when program caches are cleared where neither an annotation nor code says so: after each test; once, when"
                    + " the tests of a class are through");

    public static final Setting<Duration> DEVICE_TIMEOUT = of(
            SettingKeys.DEVICE_TIMEOUT,
            SettingType.BOUND,
            "10s",
            "how long a call of a binding may take before it is interrupted or given up, and its device left alone for"
                    + " the rest of the class");

    public static final Setting<Boolean> SITES = of(
            SettingKeys.SITES,
            SettingType.SWITCH,
            "on",
            "record where Java code allocates, by a look at the top of the stack at each allocation");

    public static final Setting<ByteSize> BASELINE = new Setting<>(
            SettingKeys.BASELINE,
            SettingType.SIZE,
            "",
            "nothing may be left",
            "how much may be left on a device, or on each; kinds: `dram`, `l1`, `l1Small`, `trace`, `systemMemory`,"
                    + " `circularBuffers`, `kernels`");

    public static final Setting<Path> BASELINE_FILE = optional(
            SettingKeys.BASELINE_FILE, SettingType.PATH, "a file of [recorded baselines](memory-baseline.md#usage)");

    public static final Setting<Boolean> BASELINE_RECORD = of(
            SettingKeys.BASELINE_RECORD,
            SettingType.TRUTH,
            "false",
            "write what is left to that file, and let pass what no annotation on a method forbids");

    public static final Setting<ByteSize> CAPACITY = new Setting<>(
            SettingKeys.CAPACITY,
            SettingType.SIZE,
            "",
            "what the tracker knows",
            "how much memory a device has, so that a message about [growth](growth.md) says when it is full;"
                    + " kinds as above");

    public static final Setting<Path> REPORT_DIRECTORY = of(
            SettingKeys.REPORT_DIRECTORY,
            SettingType.PATH,
            "target/tt-memory-check",
            "where the [report of the run](run-report.md) and the dumps of leaking tests go; made when needed");

    /** All settings, in the order of the documentation. */
    public static final List<Setting<?>> ALL = List.of(
            MODE,
            TRACKER,
            SOCKET,
            SERVER_COMMAND,
            SERVER_LOG,
            SHM_DIRECTORY,
            SHM_IGNORE,
            PROCESSES,
            SETTLE,
            GC,
            INCONCLUSIVE,
            IDLE,
            DOUBLE_FREE,
            CACHE,
            DEVICE_TIMEOUT,
            SITES,
            BASELINE,
            BASELINE_FILE,
            BASELINE_RECORD,
            CAPACITY,
            REPORT_DIRECTORY);

    private static <T> Setting<T> of(String key, SettingType<T> type, String byDefault, String meaning) {
        return new Setting<>(key, type, byDefault, "`" + byDefault + "`", meaning);
    }

    private static <T> Setting<T> optional(String key, SettingType<T> type, String meaning) {
        return new Setting<>(key, type, "", "none", meaning);
    }

    /** Returns whether a device and a kind of memory follow the key. */
    public boolean isOfDevices() {
        return key.endsWith(".");
    }

    T parse(String fullKey, String text) {
        if (text.length() > LONGEST) {
            throw SettingException.refused("the value of the setting " + fullKey + " has " + text.length()
                    + " characters, and at most " + LONGEST + " are read");
        }
        try {
            return type.parser().apply(text);
        } catch (IllegalArgumentException refused) {
            throw SettingException.refused(
                    "the setting " + fullKey + " = '" + text + "' is not allowed: " + refused.getMessage(), refused);
        }
    }
}
