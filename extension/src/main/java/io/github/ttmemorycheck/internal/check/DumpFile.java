package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.logging.Log;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The dump of a leaking test, kept in the report folder.
 *
 * @param path where it was written; empty when it could not be
 * @param notes why it could not be, if so
 */
record DumpFile(String path, List<String> notes) {

    private static final Pattern NOT_FOR_FILES = Pattern.compile("[^A-Za-z0-9._\\-\\[\\]]+");

    /** A file's name may have 255 bytes; what follows this takes less than fifty. */
    private static final int LONGEST = 200;

    private static final int ASCII = 128;

    /** Writes the dump. When that fails, the leak is reported all the same, with a note why there is no dump. */
    static DumpFile write(Subject subject, MemoryTracker tracker, Path directory, Log log) {
        Path file = directory.resolve(name(subject));
        try {
            Files.createDirectories(directory);
            try (Writer out = Files.newBufferedWriter(file)) {
                tracker.dump(out);
            }
            log.debug(() -> "wrote the dump of all live buffers to " + file);
            return new DumpFile(file.toString(), List.of());
        } catch (IOException refused) {
            return none("the dump of all live buffers could not be written to " + file + " (" + refused + "); set "
                    + SettingKeys.REPORT_DIRECTORY + " to a folder that can be written");
        } catch (TrackerException unknown) {
            return none("there is no dump of all live buffers: " + unknown.getMessage());
        }
    }

    private static DumpFile none(String why) {
        return new DumpFile("", List.of(why));
    }

    /**
     * Returns the file's name, for example {@code com.example.LlamaTests.step_int_[2].dump.txt}. One that is cut, or
     * whose letters not every file system takes, ends with a number that sets it apart from others.
     */
    static String name(Subject subject) {
        String whole = subject.qualifiedName() + subject.invocation();
        String name = NOT_FOR_FILES.matcher(whole.replace("()", "")).replaceAll("_");
        boolean plain = name.length() <= LONGEST && whole.chars().allMatch(letter -> letter < ASCII);
        return (plain
                        ? name
                        : name.substring(0, Math.min(LONGEST, name.length())) + "-"
                                + Integer.toHexString(whole.hashCode()))
                + ".dump.txt";
    }
}
