package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.settings.Setting;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.settings.TrackerKind;
import io.github.ttmemorycheck.internal.settings.TrackerSettings;
import io.github.ttmemorycheck.internal.sharedmemory.SharedMemoryTracker;
import io.github.ttmemorycheck.internal.text.Wording;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why nothing was seen, most probably, and the one thing to do about it: by what is there. The runtime that most people
 * have writes regions unless it is told not to, and reports to no server; another one reports to a server where it is
 * told to.
 *
 * @param likely what is probably so
 * @param toDo what to do
 */
record IdleCause(String likely, String toDo) {

    private static final String REGIONS_OFF = "TT_METAL_SHM_TRACKING_DISABLED";
    private static final String REPORTS_ON = "TT_ALLOC_TRACKING_ENABLED";

    /** Finds the cause in the settings, the regions and the variables of this JVM and of its descendants. */
    static IdleCause find(TrackerSettings settings, String looking) {
        return find(settings, looking, System::getenv, () -> processWith(REGIONS_OFF));
    }

    /** Where a variable may be found to be set. */
    interface Elsewhere {
        Optional<Long> process();
    }

    static IdleCause find(
            TrackerSettings settings, String looking, UnaryOperator<@Nullable String> here, Elsewhere regionsOff) {
        boolean watched = settings.wants(TrackerKind.SHM);
        int regions = SharedMemoryTracker.regionsIn(settings.shmDirectory());
        String directory = settings.shmDirectory().toString();
        if (!watched && regions == 0) {
            return new IdleCause(
                    REPORTS_ON + "=1 is missing in the environment of the process that opens the device, or that"
                            + " process connects to another socket; listening: " + looking,
                    "export " + REPORTS_ON + "=1 before the tests, or have the binding report through"
                            + " AllocationClient");
        }
        if (!watched) {
            return new IdleCause(
                    "the runtime reports to no server and writes regions, of which " + directory + " has " + regions
                            + ", and they are not watched; listening: " + looking,
                    "set " + SettingKeys.TRACKER + "=auto, which watches them too");
        }
        if (isOn(here.apply(REGIONS_OFF))) {
            return off("this JVM, and so of what it starts", looking);
        }
        Optional<Long> process = regionsOff.process();
        if (process.isPresent()) {
            return off("pid " + process.get(), looking);
        }
        String orUnreported = isListening(settings) && !isOn(here.apply(REPORTS_ON))
                ? "; or, with a runtime that reports to a server, " + REPORTS_ON
                        + "=1 is missing in the process that opens the device"
                : "";
        if (regions > 0) {
            return new IdleCause(
                    "the tests used no device, or one in a container that has a directory of its own for its regions:"
                            + " none of the " + Wording.count(regions, "region") + " in " + directory
                            + " has changed" + orUnreported + "; looking at: " + looking,
                    "mount this " + directory + " into the container that opens the device");
        }
        if (isOn(here.apply(REPORTS_ON)) && settings.wants(TrackerKind.EMBEDDED)) {
            String usual = Setting.SOCKET.byDefault();
            boolean moved = !settings.socket().toString().equals(usual);
            return new IdleCause(
                    moved
                            ? REPORTS_ON + " is set, and a runtime that knows it connects to " + usual
                                    + " alone; looking at: " + looking
                            : "the tests used no device: " + REPORTS_ON + " is set, and nobody reported to the socket;"
                                    + " looking at: " + looking,
                    moved
                            ? "leave " + SettingKeys.SOCKET + " at its default"
                            : "open the device in a process that has the variable, too");
        }
        return new IdleCause(
                "no device was opened where it can be seen: the runtime writes a region to " + directory
                        + " when it first allocates, and there is none" + orUnreported + "; looking at: " + looking,
                "where the tests do use a device, let the process or container that opens it share " + directory
                        + " with this JVM (" + SettingKeys.SHM_DIRECTORY + ")");
    }

    /** Returns whether a runtime that reports to a server would be heard. */
    private static boolean isListening(TrackerSettings settings) {
        return settings.wants(TrackerKind.EMBEDDED) || settings.wants(TrackerKind.SERVER);
    }

    private static IdleCause off(String where, String looking) {
        return new IdleCause(
                REGIONS_OFF + "=1 is set in the environment of " + where
                        + ": the runtime writes no regions then; looking" + " at: " + looking,
                "unset " + REGIONS_OFF + " before the tests");
    }

    private static boolean isOn(@Nullable String value) {
        return value != null && !value.isBlank() && !value.equals("0");
    }

    private static Optional<Long> processWith(String variable) {
        ProcFiles files = ProcFiles.ofThisSystem();
        try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
            return all.map(ProcessHandle::pid)
                    .filter(process -> isOn(files.variable(process, variable).orElse(null)))
                    .findFirst();
        }
    }
}
