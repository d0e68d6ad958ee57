package io.github.ttmemorycheck.internal.settings;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the settings of a run, and refuses what is not allowed with the key, the value and what is. Used once. */
public final class SettingsReader {

    /**
     * The devices whose baselines are asked for at the start where the given keys are not known, so that a bad one is
     * refused before the first test. To ask for all that could be given takes longer than most tests: what is left out,
     * devices from here on and capacities, is refused when it is needed.
     */
    private static final int DEVICES_ASKED_FOR = 64;

    private final SettingSource source;
    private final Map<String, SettingInForce> inForce = new TreeMap<>();

    private SettingsReader(SettingSource source) {
        this.source = source;
    }

    /** Reads them; throws a {@link SettingException} when one of them is not allowed, or does not exist. */
    public static Settings read(SettingSource source) {
        return new SettingsReader(source).read();
    }

    private Settings read() {
        SettingNames.check(source.keys());
        Mode mode = value(Setting.MODE);
        TrackerSettings tracker = tracker();
        boolean recording = value(Setting.BASELINE_RECORD);
        Optional<Path> file = optional(Setting.BASELINE_FILE);
        if (file.isEmpty() && recording) {
            throw SettingException.refused("the setting " + SettingKeys.BASELINE_RECORD
                    + " = 'true' needs a file to record to: set " + SettingKeys.BASELINE_FILE);
        }
        return new Settings(
                mode,
                tracker,
                value(Setting.SETTLE),
                value(Setting.GC),
                value(Setting.INCONCLUSIVE),
                sizes(Setting.BASELINE),
                file,
                recording,
                sizes(Setting.CAPACITY),
                value(Setting.IDLE),
                value(Setting.DOUBLE_FREE),
                value(Setting.CACHE),
                value(Setting.DEVICE_TIMEOUT),
                value(Setting.SITES),
                value(Setting.REPORT_DIRECTORY),
                List.copyOf(inForce.values()));
    }

    private TrackerSettings tracker() {
        TrackerSettings tracker = new TrackerSettings(
                value(Setting.TRACKER),
                value(Setting.SOCKET),
                optional(Setting.SERVER_COMMAND),
                optional(Setting.SERVER_LOG),
                value(Setting.SHM_DIRECTORY),
                value(Setting.SHM_IGNORE),
                value(Setting.PROCESSES));
        String both = "the settings " + SettingKeys.SERVER_COMMAND + " and " + SettingKeys.SERVER_LOG;
        if (!tracker.wants(TrackerKind.SERVER)
                && (tracker.serverCommand().isPresent() || tracker.serverLog().isPresent())) {
            throw SettingException.refused(both + " need " + SettingKeys.TRACKER + " = 'server' or 'auto', not '"
                    + SettingType.names(tracker.kinds()) + "'");
        }
        if (tracker.serverCommand().isPresent() && tracker.serverLog().isPresent()) {
            throw SettingException.refused(
                    both + " exclude each other: the output of a server that is started is read in any case");
        }
        return tracker;
    }

    private <T> T value(Setting<T> setting) {
        Optional<String> given = source.value(setting.key());
        return read(
                setting,
                setting.key(),
                given.orElse(setting.byDefault()),
                given.isPresent() ? source.origin(setting.key()) : "default");
    }

    private <T> Optional<T> optional(Setting<T> setting) {
        return source.value(setting.key())
                .map(text -> read(setting, setting.key(), text, source.origin(setting.key())));
    }

    private <T> T read(Setting<T> setting, String key, String text, String origin) {
        inForce.put(key, new SettingInForce(key, text, origin));
        return setting.parse(key, text);
    }

    /** Reads the sizes that are stated under a key, whatever way their devices and kinds are spelled. */
    private DeviceSizes sizes(Setting<ByteSize> setting) {
        TreeSet<String> keys = new TreeSet<>(source.keys());
        for (MemoryKind kind : MemoryKind.values()) {
            spellings(kind).map(spelling -> setting.key() + "*." + spelling).forEach(keys::add);
        }
        if (!source.knowsAllKeys() && setting.equals(Setting.BASELINE)) {
            keys.addAll(baselinesAskedFor());
        }
        Map<MemoryPool, Long> stated = new HashMap<>();
        Map<MemoryPool, String> statedBy = new HashMap<>();
        for (String key : keys) {
            Optional<MemoryPool> pool =
                    key.startsWith(setting.key()) ? SettingNames.pool(setting.key(), key) : Optional.empty();
            Optional<String> text = pool.isEmpty() ? Optional.empty() : source.value(key);
            if (pool.isPresent() && text.isPresent()) {
                long bytes = read(setting, key, text.get(), source.origin(key)).bytes();
                String other = statedBy.putIfAbsent(pool.get(), key);
                if (other != null && stated.getOrDefault(pool.get(), 0L) != bytes) {
                    throw SettingException.refused("settings contradict each other: " + other + " and " + key
                            + " state two sizes for the same device and kind; keep one of them");
                }
                stated.put(pool.get(), bytes);
            }
        }
        return new DeviceSizes(stated, pool -> source.knowsAllKeys() ? OptionalLong.empty() : ask(setting, pool));
    }

    /** Returns the baselines that are given for devices, as documented, where the source does not tell its keys. */
    private List<String> baselinesAskedFor() {
        List<String> given = new ArrayList<>();
        for (int device = 0; device < DEVICES_ASKED_FOR; device++) {
            for (MemoryKind kind : MemoryKind.values()) {
                String key = SettingKeys.BASELINE + device + "." + kind.attribute();
                if (source.value(key).isPresent()) {
                    given.add(key);
                }
            }
        }
        return given;
    }

    private OptionalLong ask(Setting<ByteSize> setting, MemoryPool pool) {
        return spellings(pool.kind())
                .map(spelling -> setting.key() + pool.device() + "." + spelling)
                .flatMap(key -> source.value(key).map(text -> setting.parse(key, text)).stream())
                .mapToLong(ByteSize::bytes)
                .findFirst();
    }

    private static Stream<String> spellings(MemoryKind kind) {
        return Stream.of(kind.attribute(), kind.name().toLowerCase(Locale.ROOT)).distinct();
    }
}
