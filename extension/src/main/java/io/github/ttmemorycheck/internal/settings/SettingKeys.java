package io.github.ttmemorycheck.internal.settings;

/** The keys of the settings, which {@code TtMemoryCheckSettings} publishes and describes. */
public final class SettingKeys {

    public static final String PREFIX = "tt.memory.check.";
    public static final String MODE = PREFIX + "mode";
    public static final String TRACKER = PREFIX + "tracker";
    public static final String SOCKET = PREFIX + "socket";
    public static final String SERVER_COMMAND = PREFIX + "server.command";
    public static final String SERVER_LOG = PREFIX + "server.log";
    public static final String SHM_DIRECTORY = PREFIX + "shm.directory";
    public static final String SHM_IGNORE = PREFIX + "shm.ignore";
    public static final String PROCESSES = PREFIX + "processes";
    public static final String SETTLE = PREFIX + "settle";
    public static final String GC = PREFIX + "gc";
    public static final String INCONCLUSIVE = PREFIX + "inconclusive";
    public static final String IDLE = PREFIX + "idle";
    public static final String DOUBLE_FREE = PREFIX + "doubleFree";
    public static final String CACHE = PREFIX + "cache";
    public static final String DEVICE_TIMEOUT = PREFIX + "deviceTimeout";
    public static final String SITES = PREFIX + "sites";
    public static final String BASELINE = PREFIX + "baseline.";
    public static final String BASELINE_FILE = BASELINE + "file";
    public static final String BASELINE_RECORD = BASELINE + "record";
    public static final String CAPACITY = PREFIX + "capacity.";
    public static final String REPORT_DIRECTORY = PREFIX + "report.directory";

    private SettingKeys() {}
}
