package io.github.ttmemorycheck.internal.settings;

import io.github.ttmemorycheck.internal.wire.TrackerSocket;
import io.github.ttmemorycheck.snapshot.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A setting: its key, what it allows and its default. The tables of {@code docs/settings.md} and of the README are
 * checked against it, and say what each means.
 *
 * @param key the key; it ends with a dot where a device and a kind of memory follow
 * @param byDefault the default as text; empty where there is none
 * @param withoutIt what holds where it is not given, as the documentation says it, in Markdown
 */
public record Setting<T>(String key, SettingType<T> type, String byDefault, String withoutIt) {

    public static final Setting<Mode> MODE = of(SettingKeys.MODE, SettingType.oneOf(Mode.class), "fail");

    public static final Setting<TrackerKind> TRACKER =
            of(SettingKeys.TRACKER, SettingType.oneOf(TrackerKind.class), "auto");

    public static final Setting<Path> SOCKET =
            of(SettingKeys.SOCKET, SettingType.SOCKET, TrackerSocket.DEFAULT.toString());

    public static final Setting<String> SERVER_COMMAND = optional(SettingKeys.SERVER_COMMAND, SettingType.COMMAND);

    public static final Setting<Path> SERVER_LOG = optional(SettingKeys.SERVER_LOG, SettingType.PATH);

    public static final Setting<Path> SHM_DIRECTORY = of(SettingKeys.SHM_DIRECTORY, SettingType.PATH, "/dev/shm");

    public static final Setting<Set<String>> SHM_IGNORE = optional(SettingKeys.SHM_IGNORE, SettingType.CHIPS);

    public static final Setting<ProcessScope> PROCESSES =
            of(SettingKeys.PROCESSES, SettingType.oneOf(ProcessScope.class), "all");

    public static final Setting<Duration> SETTLE = of(SettingKeys.SETTLE, SettingType.DURATION, "1s");

    public static final Setting<GcMode> GC = of(SettingKeys.GC, SettingType.oneOf(GcMode.class), "auto");

    public static final Setting<OnInconclusive> INCONCLUSIVE =
            of(SettingKeys.INCONCLUSIVE, SettingType.oneOf(OnInconclusive.class), "fail");

    public static final Setting<Idle> IDLE = of(SettingKeys.IDLE, SettingType.oneOf(Idle.class), "warn");

    public static final Setting<Boolean> SITES = of(SettingKeys.SITES, SettingType.SWITCH, "off");

    public static final Setting<ByteSize> BASELINE =
            new Setting<>(SettingKeys.BASELINE, SettingType.SIZE, "", "nothing may be left");

    public static final Setting<Path> BASELINE_FILE = optional(SettingKeys.BASELINE_FILE, SettingType.PATH);

    public static final Setting<Boolean> BASELINE_RECORD = of(SettingKeys.BASELINE_RECORD, SettingType.TRUTH, "false");

    public static final Setting<ByteSize> CAPACITY =
            new Setting<>(SettingKeys.CAPACITY, SettingType.SIZE, "", "what the tracker knows");

    public static final Setting<Path> REPORT_DIRECTORY =
            of(SettingKeys.REPORT_DIRECTORY, SettingType.PATH, "target/tt-memory-check");

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
            SITES,
            BASELINE,
            BASELINE_FILE,
            BASELINE_RECORD,
            CAPACITY,
            REPORT_DIRECTORY);

    private static <T> Setting<T> of(String key, SettingType<T> type, String byDefault) {
        return new Setting<>(key, type, byDefault, "`" + byDefault + "`");
    }

    private static <T> Setting<T> optional(String key, SettingType<T> type) {
        return new Setting<>(key, type, "", "none");
    }

    /** Returns whether a device and a kind of memory follow the key. */
    public boolean isOfDevices() {
        return key.endsWith(".");
    }

    /** Returns the key as the documentation writes it. */
    public String documentedKey() {
        return isOfDevices() ? key + "<device or *>.<kind>" : key;
    }

    /** Reads a value. */
    T parse(String fullKey, String text) {
        try {
            return type.parser().apply(text);
        } catch (IllegalArgumentException refused) {
            throw SettingException.refused(
                    "the setting " + fullKey + " = '" + text + "' is not allowed: " + refused.getMessage(), refused);
        }
    }
}
