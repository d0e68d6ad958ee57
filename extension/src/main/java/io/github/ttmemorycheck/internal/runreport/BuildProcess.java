package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The build that this process belongs to: processes of one build write one report.
 *
 * <p>A build tool forks JVMs for its tests, and no variable or property that all tools set names the build. So the
 * build is the nearest Maven among the ancestors, which ends with its build, or a daemon of Gradle or Maven, which
 * outlives builds, so that those are distinguished by time. A JVM with neither above it is a build of its own: an
 * IDE forks once for a run.
 *
 * @param startMillis when it started, since the epoch; 0 where that is not known
 */
record BuildProcess(Kind kind, long pid, long startMillis) {

    /** How a build and its process belong together. */
    enum Kind {
        /** The process ends with the build. */
        TOOL('b'),
        /** The process serves one build after the other. */
        DAEMON('d'),
        /** The process that runs the tests. */
        ITSELF('p');

        final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    /** A process above this one, with its command line. */
    record Ancestor(long pid, long startMillis, List<String> arguments) {}

    private static final String TOOL = "org.codehaus.plexus.classworlds.launcher.Launcher";

    private static final Set<String> DAEMONS = Set.of(
            "org.gradle.launcher.daemon.bootstrap.GradleDaemon",
            "org.mvndaemon.mvnd.daemon.MavenDaemon",
            "org.mvndaemon.mvnd.common.MavenDaemon");

    static BuildProcess find() {
        return of(ProcessHandle.current().pid(), startMillis(ProcessHandle.current()), ancestors());
    }

    static BuildProcess of(long pid, long startMillis, List<Ancestor> ancestors) {
        for (Ancestor ancestor : ancestors) {
            if (ancestor.arguments().stream().anyMatch(DAEMONS::contains)) {
                return new BuildProcess(Kind.DAEMON, ancestor.pid(), ancestor.startMillis());
            }
            if (ancestor.arguments().contains(TOOL)) {
                return new BuildProcess(Kind.TOOL, ancestor.pid(), ancestor.startMillis());
            }
        }
        return new BuildProcess(Kind.ITSELF, pid, startMillis);
    }

    /** For example {@code b4711-1750000000000}: what the folder of a build is called. */
    String key() {
        return kind.letter + key(pid, startMillis);
    }

    /** For example {@code 4711-1750000000000}. */
    static String key(long pid, long startMillis) {
        return pid + "-" + startMillis;
    }

    /** Returns whether the process is still alive whose {@link #key(long, long)} a text begins with. */
    static boolean isAlive(String text) {
        String[] numbers = text.split("[^0-9]", 3);
        try {
            long start = Long.parseLong(numbers[1]);
            return ProcessHandle.of(Long.parseLong(numbers[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> start == 0 || startMillis(process) == start)
                    .isPresent();
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException foreign) {
            return false;
        }
    }

    static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static List<Ancestor> ancestors() {
        ProcFiles files = ProcFiles.ofThisSystem();
        return ProcFiles.ancestors(ProcessHandle.current())
                .map(above -> new Ancestor(above.pid(), startMillis(above), files.arguments(above.pid())))
                .toList();
    }
}
