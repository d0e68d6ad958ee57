package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Words the errors of this tracker, what was found where and the way out, and logs what is no error yet. */
final class UnreadableRegion {

    static final String EMBEDDED = "the embedded tracker (" + SettingKeys.TRACKER
            + "=embedded, and TT_ALLOC_TRACKING_ENABLED=1 in the process that opens the device)";

    private UnreadableRegion() {}

    static TrackerException because(String reason, @Nullable Throwable cause) {
        return new TrackerException("what is allocated is not known: " + reason, cause);
    }

    /** An error of one region: the devices of other chips can be judged without it. */
    static TrackerException of(Path file, String what, @Nullable Throwable cause) {
        String others = RegionLayout.chip(file)
                .map(chip -> "; or judge the other devices without this chip: " + SettingKeys.SHM_IGNORE + "="
                        + Long.toUnsignedString(chip))
                .orElse("");
        return because("the shared-memory region " + file + " " + what + others, cause);
    }

    /** Returns the log; to be asked only when there is something to say. */
    static Log log() {
        return Log.ofLibrary();
    }
}
