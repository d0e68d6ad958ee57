package io.github.ttmemorycheck.internal.runreport;

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
 * Every file is written under another name and moved into place, so that nobody ever reads half of one. Parts of builds
 * that have ended are deleted by the next build.
 *
 * <p>Thread-safe: the lock of the folder keeps out other threads as well as other processes.
 */
public final class ReportFolder {

    static final String PARTS = "parts";
    private static final String JSON = ".json";
    private static final String INDEX = ".index";
    private static final String UNFINISHED = ".tmp";

    /**
     * Runs of a daemon that are further apart belong to different builds: forks of one build follow each other in
     * seconds.
     */
    private static final Duration PAUSE_BETWEEN_BUILDS = Duration.ofSeconds(30);

    /**
     * What came of joining.
     *
     * @param all what all parts amount to
     * @param page the page
     */
    public record Joined(Tally all, Path page) {}

    private final Path directory;
    private final BuildProcess build;
    private final InstantSource clock;

    /** Names the folder; it is made when something is written. */
    public ReportFolder(Path directory, InstantSource clock) {
        this(directory, BuildProcess.find(), clock);
    }

    ReportFolder(Path directory, BuildProcess build, InstantSource clock) {
        this.directory = directory;
        this.build = build;
        this.clock = clock;
    }

    /** Writes a run; again where it was written before under the same number. */
    public void write(RunRecord run, int number) throws IOException {
        alone(() -> {
            String name = BuildProcess.processKey(run.processId(), BuildProcess.startMillis(ProcessHandle.current()))
                    + "-" + number;
            Path folder = buildFolder();
            Files.createDirectories(folder);
            replace(folder.resolve(name + INDEX), out -> {
                for (String line : RunIndex.lines(run)) {
                    out.append(line).append('\n');
                }
            });
            replace(folder.resolve(name + JSON), out -> RunJson.write(run, out));
            return folder;
        });
    }

    /**
     * Joins all parts of this build.
     *
     * @return what came of it; empty when there is no part, for example since somebody deleted the folder meanwhile
     */
    public Optional<Joined> join() throws IOException {
        return Files.isDirectory(directory.resolve(PARTS)) ? alone(this::joinParts) : Optional.empty();
    }

    private Optional<Joined> joinParts() throws IOException {
        Path folder = buildFolder();
        deleteOthers(folder);
        Tally.Builder builder = Tally.builder();
        List<Path> parts = parts(folder, builder);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Tally all = builder.build();
        Path json = directory.resolve("report.json");
        replace(json, out -> new JoinedReport(all, parts, clock.instant()).write(out));
        Path page = directory.resolve("index.html");
        replace(page, out -> ReportPage.write(json, out));
        return Optional.of(new Joined(all, page));
    }

    private interface Work<T> {

        T run() throws IOException;
    }

    /**
     * Works while no other process or thread does. An interrupted thread would not wait for the lock, but spin until it
     * has it, so it is interrupted again only afterwards.
     */
    private <T> T alone(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            Files.createDirectories(directory.resolve(PARTS));
            FolderLock lock = FolderLock.take(directory.resolve(PARTS).resolve("lock"));
            try {
                return work.run();
            } finally {
                lock.close();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The folder of this build. Those of a daemon are numbered; the last is taken while its build seems to go on. */
    private Path buildFolder() throws IOException {
        Path parts = directory.resolve(PARTS);
        if (build.kind() != BuildProcess.Kind.DAEMON) {
            return parts.resolve(build.key());
        }
        int number = 0;
        for (Path folder : list(parts)) {
            String name = String.valueOf(folder.getFileName());
            if (name.startsWith(build.key() + "-")) {
                number = Math.max(
                        number, Integer.parseInt(name.substring(build.key().length() + 1)));
            }
        }
        Path last = parts.resolve(build.key() + "-" + number);
        boolean goesOn = !Files.exists(last)
                || hasLivingWriter(last)
                || Files.getLastModifiedTime(last)
                        .toInstant()
                        .plus(PAUSE_BETWEEN_BUILDS)
                        .isAfter(clock.instant());
        return goesOn ? last : parts.resolve(build.key() + "-" + (number + 1));
    }

    private void deleteOthers(Path own) throws IOException {
        for (Path folder : list(directory.resolve(PARTS))) {
            String name = String.valueOf(folder.getFileName());
            boolean daemon = name.charAt(0) == BuildProcess.Kind.DAEMON.letter;
            if (Files.isDirectory(folder)
                    && !folder.equals(own)
                    && !(daemon ? hasLivingWriter(folder) : BuildProcess.isAlive(name.substring(1)))) {
                for (Path file : list(folder)) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(folder);
            }
        }
    }

    private static boolean hasLivingWriter(Path folder) throws IOException {
        return list(folder).stream().anyMatch(file -> BuildProcess.isAlive(String.valueOf(file.getFileName())));
    }

    /** The parts that are whole, in the order in which they were begun, all counted. */
    private static List<Path> parts(Path folder, Tally.Builder builder) throws IOException {
        record Part(long began, Path file) {}
        List<Part> parts = new ArrayList<>();
        for (Path file : Files.isDirectory(folder) ? list(folder) : List.<Path>of()) {
            if (file.toString().endsWith(JSON) && Files.exists(index(file))) {
                List<String> lines = Files.readAllLines(index(file));
                RunIndex.read(lines, builder);
                parts.add(new Part(RunIndex.began(lines), file));
            }
        }
        return parts.stream()
                .sorted(Comparator.comparingLong(Part::began).thenComparing(Part::file))
                .map(Part::file)
                .toList();
    }

    private static Path index(Path part) {
        return part.resolveSibling(nameOf(part) + INDEX);
    }

    private static String nameOf(Path part) {
        String file = String.valueOf(part.getFileName());
        return file.substring(0, file.length() - JSON.length());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private interface Content {

        void write(Appendable out) throws IOException;
    }

    private static void replace(Path file, Content content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        StringBuilder text = new StringBuilder();
        content.write(text);
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
