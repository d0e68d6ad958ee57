package io.github.ttmemorycheck;

import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Keeps the dump of a leaking test in the report folder. */
final class DumpFiles {

    private final Run run;

    DumpFiles(Run run) {
        this.run = run;
    }

    /** Writes the dump; when that fails, the leak is reported all the same, with a note why there is no dump. */
    Optional<String> write(String subject, List<String> notes) {
        Path file = run.settings().reportDirectory().resolve(SubjectNames.file(subject) + ".dump.txt");
        try {
            Files.createDirectories(run.settings().reportDirectory());
            try (Writer out = Files.newBufferedWriter(file)) {
                run.tracker().dump(out);
            }
            run.log().debug(() -> "wrote the dump of all live buffers to " + file);
            return Optional.of(file.toString());
        } catch (IOException | TrackerException failed) {
            run.log()
                    .warn(
                            "the dump of all live buffers could not be written to " + file + "; set "
                                    + TtMemoryCheckSettings.REPORT_DIRECTORY + " to a folder that can be written",
                            failed);
            notes.add("the dump of all live buffers could not be written to " + file + ": " + failed);
            return Optional.empty();
        }
    }
}
