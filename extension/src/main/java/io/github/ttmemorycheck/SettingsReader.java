package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.internal.leak.BaselineStatement;
import io.github.ttmemorycheck.internal.runreport.RunSetting;
import io.github.ttmemorycheck.internal.sharedmemory.SharedMemoryTracker;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Reads the settings from JUnit's configuration parameters; whatever is not allowed is refused with the key and the value. */
final class SettingsReader {

    /** Devices whose baselines are looked up one by one: JUnit tells the value of a key, but not which keys there are. */
    static final int NUMBERED_DEVICES = 256;

    private final Function<String, Optional<String>> lookup;
    private final Collection<String> names;
    private final Map<String, RunSetting> inForce = new TreeMap<>();

    /**
     * Makes the reader.
     *
     * @param lookup gives the value of a name
     * @param names the names that are known to be given; there may be more
     */
    SettingsReader(Function<String, Optional<String>> lookup, Collection<String> names) {
        this.lookup = lookup;
        this.names = names;
    }

    Settings read() {
        SettingNames.check(names);
        return new Settings(
                value(TtMemoryCheckSettings.MODE, "fail", SettingParsers.oneOf(Mode.class)),
                tracker(),
                value(TtMemoryCheckSettings.SETTLE, "1s", SettingParsers::duration),
                value(TtMemoryCheckSettings.GC, "auto", SettingParsers.oneOf(GcMode.class)),
                value(TtMemoryCheckSettings.INCONCLUSIVE, "fail", SettingParsers.oneOf(OnInconclusive.class)),
                baseline(),
                baselineFile(),
                recordsBaseline(),
                new DeviceSizes(sizes(TtMemoryCheckSettings.CAPACITY)),
                value(TtMemoryCheckSettings.IDLE, "warn", SettingParsers.oneOf(Idle.class)),
                value(TtMemoryCheckSettings.SITES, "off", SettingParsers::onOrOff),
                value(TtMemoryCheckSettings.REPORT_DIRECTORY, "target/tt-memory-check", SettingParsers::path));
    }

    /** Returns every setting that was read, with its value and where that comes from. */
    List<RunSetting> inForce() {
        return List.copyOf(inForce.values());
    }

    private TrackerSettings tracker() {
        TrackerKind kind = value(TtMemoryCheckSettings.TRACKER, "auto", SettingParsers.oneOf(TrackerKind.class));
        TrackerSettings tracker = new TrackerSettings(
                kind,
                value(TtMemoryCheckSettings.SOCKET, AllocationServer.DEFAULT_SOCKET.toString(), SettingParsers::socket),
                optional(TtMemoryCheckSettings.SERVER_COMMAND, SettingParsers::command),
                optional(TtMemoryCheckSettings.SERVER_LOG, SettingParsers::path),
                value(
                        TtMemoryCheckSettings.SHM_DIRECTORY,
                        SharedMemoryTracker.DEFAULT_DIRECTORY.toString(),
                        SettingParsers::path),
                value(TtMemoryCheckSettings.SHM_IGNORE, "", SettingParsers::chips),
                value(TtMemoryCheckSettings.PROCESSES, "all", SettingParsers.oneOf(ProcessScope.class)));
        boolean server = kind == TrackerKind.SERVER || kind == TrackerKind.AUTO;
        if (!server
                && (tracker.serverCommand().isPresent() || tracker.serverLog().isPresent())) {
            throw SettingNames.refused("the settings " + TtMemoryCheckSettings.SERVER_COMMAND + " and "
                    + TtMemoryCheckSettings.SERVER_LOG + " need " + TtMemoryCheckSettings.TRACKER
                    + " = 'server' or 'auto', not '" + kind.name().toLowerCase(Locale.ROOT) + "'");
        }
        if (tracker.serverCommand().isPresent() && tracker.serverLog().isPresent()) {
            throw SettingNames.refused("the settings " + TtMemoryCheckSettings.SERVER_COMMAND + " and "
                    + TtMemoryCheckSettings.SERVER_LOG
                    + " exclude each other: the output of a server that is started is"
                    + " read in any case");
        }
        return tracker;
    }

    private <T> Optional<T> optional(String key, Function<String, T> parser) {
        return lookup.apply(key).map(text -> value(key, text, parser));
    }

    private boolean recordsBaseline() {
        return value(TtMemoryCheckSettings.BASELINE_RECORD, "false", SettingParsers::truth);
    }

    private Optional<Path> baselineFile() {
        Optional<Path> file = optional(TtMemoryCheckSettings.BASELINE_FILE, SettingParsers::path);
        if (file.isEmpty() && recordsBaseline()) {
            throw SettingNames.refused("the setting " + TtMemoryCheckSettings.BASELINE_RECORD
                    + " = 'true' needs a file to record to: set " + TtMemoryCheckSettings.BASELINE_FILE);
        }
        return file;
    }

    private <T> T value(String key, String byDefault, Function<String, T> parser) {
        Optional<String> given = lookup.apply(key);
        String text = given.orElse(byDefault);
        String source = given.map(set -> ConfigurationNames.source(key)).orElse("default");
        inForce.put(key, new RunSetting(key, text, source));
        return parse(key, text, parser);
    }

    private static <T> T parse(String key, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException refused) {
            throw new ExtensionConfigurationException(
                    SettingNames.wrapped(
                            "the setting " + key + " = '" + text + "' is not allowed: " + refused.getMessage()),
                    refused);
        }
    }

    private BaselineLevel baseline() {
        List<BaselineStatement> stated = sizes(TtMemoryCheckSettings.BASELINE);
        try {
            return new BaselineLevel("configuration", BaselineScope.CONFIGURATION, stated);
        } catch (IllegalArgumentException conflict) {
            throw SettingNames.refused("settings contradict each other: " + conflict.getMessage());
        }
    }

    /** Reads the sizes that are stated for devices and kinds under a prefix, whatever way they are spelled. */
    private List<BaselineStatement> sizes(String prefix) {
        List<BaselineStatement> statements = new ArrayList<>();
        sizes(prefix, "*", MemoryBaseline.ALL, statements);
        for (int device = 0; device < NUMBERED_DEVICES; device++) {
            sizes(prefix, Integer.toString(device), device, statements);
        }
        for (String name : names) {
            Matcher matcher = SettingNames.OF_DEVICE.matcher(name);
            if (name.startsWith(prefix) && matcher.matches() && !inForce.containsKey(name)) {
                int device =
                        matcher.group(1).equals("*") ? MemoryBaseline.ALL : SettingNames.device(name, matcher.group(1));
                MemoryKind.byName(matcher.group(2)).ifPresent(kind -> size(name, device, kind, statements));
            }
        }
        return statements;
    }

    private void sizes(String prefix, String name, int device, List<BaselineStatement> statements) {
        for (MemoryKind kind : MemoryKind.values()) {
            for (String spelling : spellings(kind)) {
                size(prefix + name + "." + spelling, device, kind, statements);
            }
        }
    }

    private void size(String key, int device, MemoryKind kind, List<BaselineStatement> statements) {
        lookup.apply(key)
                .map(text -> {
                    inForce.put(key, new RunSetting(key, text, ConfigurationNames.source(key)));
                    return parse(key, text, ByteSize::parse);
                })
                .ifPresent(size -> statements.add(new BaselineStatement(device, kind, size.bytes())));
    }

    private static List<String> spellings(MemoryKind kind) {
        String enumName = kind.name().toLowerCase(Locale.ROOT);
        return kind.attribute().equals(enumName) ? List.of(enumName) : List.of(kind.attribute(), enumName);
    }
}
