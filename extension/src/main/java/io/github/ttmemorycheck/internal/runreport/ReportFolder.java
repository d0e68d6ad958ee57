package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.locking.FileLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that the report of a build is in.
 *
 * <p>Each run writes a part of its own, {@code parts/<build>/<process>-<number>.json}, and beside it an
 * {@linkplain RunIndex index}. Whoever comes to an end joins all parts of the build to {@code report.json} and
 * {@code index.html}. So nothing is lost when several processes write, whatever their order, and when one is killed.
 * Every file is written under another name and moved into place, so that nobody ever reads half of one. The next build
 * deletes the parts of builds that have ended.
 *
 * <p>Thread-safe: the lock of the folder keeps out other threads as well as other processes.
 */
public final class ReportFolder {

    private static final String JSON = ".json";
    private static final String INDEX = ".index";
    private static final String UNFINISHED = ".tmp";

    /**
     * Joining the parts of 10 000 tests takes less than a second; a process that is stopped may hold the lock for ever.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Runs of a daemon that are further apart belong to different builds: forks of one build follow each other in
     * seconds.
     */
    private static final Duration PAUSE_BETWEEN_BUILDS = Duration.ofSeconds(30);

    /** A report that was joined: what all its parts amount to, and its page. */
    public record Joined(Tally all, Path page) {}

    private final Path directory;
    private final Path parts;
    private final BuildProcess build;
    private final InstantSource clock;

    /** Names the folder; it is made when something is written. */
    public ReportFolder(Path directory, InstantSource clock) {
        this(directory, BuildProcess.find(), clock);
    }

    ReportFolder(Path directory, BuildProcess build, InstantSource clock) {
        this.directory = directory;
        this.parts = directory.resolve("parts");
        this.build = build;
        this.clock = clock;
    }

    /** Writes a run; again where it was written before under the same number. */
    public void write(RunRecord run, int number) throws IOException {
        String name =
                BuildProcess.key(run.processId(), BuildProcess.startMillis(ProcessHandle.current())) + "-" + number;
        Files.createDirectories(parts);
        FileLocks.whileLocked(lock(), PATIENCE, locked -> {
            Path folder = Files.createDirectories(buildFolder());
            replace(folder.resolve(name + INDEX), String.join("\n", RunIndex.lines(run)));
            return replace(folder.resolve(name + JSON), RunJson.of(run));
        });
    }

    /**
     * Joins all parts of this build.
     *
     * @return what came of it; empty when there is no part, for example since somebody deleted the folder meanwhile
     */
    public Optional<Joined> join() throws IOException {
        return Files.isDirectory(parts)
                ? FileLocks.whileLocked(lock(), PATIENCE, locked -> joinParts())
                : Optional.empty();
    }

    private Path lock() {
        return parts.resolve("lock");
    }

    private Optional<Joined> joinParts() throws IOException {
        Path folder = buildFolder();
        deleteOthers(folder);
        Tally.Builder builder = new Tally.Builder();
        List<String> whole = wholeParts(folder, builder);
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        Tally all = builder.build();
        String json = JoinedReport.json(all, whole, clock.instant());
        replace(directory.resolve("report.json"), json);
        return Optional.of(new Joined(all, replace(directory.resolve("index.html"), JoinedReport.page(json))));
    }

    /** The folder of this build. Those of a daemon are numbered; the last is taken while its build seems to go on. */
    private Path buildFolder() throws IOException {
        if (build.kind() != BuildProcess.Kind.DAEMON) {
            return parts.resolve(build.key());
        }
        String prefix = build.key() + "-";
        int number = list(parts).stream()
                .map(ReportFolder::nameOf)
                .filter(name -> name.startsWith(prefix))
                .mapToInt(name -> Integer.parseInt(name.substring(prefix.length())))
                .max()
                .orElse(0);
        Path last = parts.resolve(prefix + number);
        boolean goesOn = !Files.exists(last)
                || hasLivingWriter(last)
                || Files.getLastModifiedTime(last)
                        .toInstant()
                        .plus(PAUSE_BETWEEN_BUILDS)
                        .isAfter(clock.instant());
        return goesOn ? last : parts.resolve(prefix + (number + 1));
    }

    private void deleteOthers(Path own) throws IOException {
        for (Path folder : list(parts)) {
            if (Files.isDirectory(folder) && !folder.equals(own) && hasEnded(folder)) {
                for (Path file : list(folder)) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(folder);
            }
        }
    }

    /** Returns whether a build has ended: its process, or, since a daemon goes on, all processes that wrote for it. */
    private static boolean hasEnded(Path folder) throws IOException {
        String name = nameOf(folder);
        return name.charAt(0) == BuildProcess.Kind.DAEMON.letter
                ? !hasLivingWriter(folder)
                : !BuildProcess.isAlive(name.substring(1));
    }

    private static boolean hasLivingWriter(Path folder) throws IOException {
        return list(folder).stream().anyMatch(file -> BuildProcess.isAlive(nameOf(file)));
    }

    /** Reads the parts that are whole, in the order in which they were begun, and counts them. */
    private static List<String> wholeParts(Path folder, Tally.Builder builder) throws IOException {
        record Part(long began, Path file, String json) {}
        List<Part> whole = new ArrayList<>();
        for (Path file : Files.isDirectory(folder) ? list(folder) : List.<Path>of()) {
            Path index = file.resolveSibling(nameOf(file).replaceFirst("\\.json$", INDEX));
            if (nameOf(file).endsWith(JSON) && Files.exists(index)) {
                List<String> lines = Files.readAllLines(index);
                builder.add(lines);
                whole.add(new Part(RunIndex.began(lines), file, Files.readString(file)));
            }
        }
        return whole.stream()
                // By length too: the tenth run of a process comes after its ninth.
                .sorted(Comparator.comparingLong(Part::began)
                        .thenComparingInt(part -> nameOf(part.file()).length())
                        .thenComparing(Part::file))
                .map(Part::json)
                .toList();
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Writes a file whole or not at all. */
    private static Path replace(Path file, String content) throws IOException {
        Path unfinished = file.resolveSibling(nameOf(file) + UNFINISHED);
        try {
            Files.writeString(unfinished, content);
            return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
