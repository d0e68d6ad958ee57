package io.github.ttmemorycheck.internal.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the kernel says about processes under {@code /proc}. Everything may be missing: another system has no such
 * files, and a process may end while it is looked at.
 *
 * <p>Files are read as streams: a channel would be closed under a test's thread that is interrupted.
 */
public final class ProcFiles {

    /** The start time of a process that is not there, or is dead. */
    public static final long GONE = -1;

    /** The start time of a process that is there and cannot be asked, as while this JVM can open no more files. */
    public static final long UNREADABLE = -2;

    private static final int MOST_READ = 4096;
    private static final int LONGEST_LINE_OF_PARENTS = 1000;

    /** Fields behind the program's name before the one that is wanted: the 22nd of all. */
    private static final int START_TIME = 19;

    private static final int PARENT = 1;
    private static final Pattern NUMBERS = Pattern.compile("(?m)^NSpid:(.*)$");

    private static final String DEAD_STATES = "ZXx";

    private final Path root;

    public ProcFiles(Path root) {
        this.root = root;
    }

    public static ProcFiles ofThisSystem() {
        return new ProcFiles(Path.of("/proc"));
    }

    /** Returns the parent of a process, its parent, and so on. */
    public static Stream<ProcessHandle> ancestors(ProcessHandle process) {
        return Stream.iterate(process.parent(), Optional::isPresent, above -> above.flatMap(ProcessHandle::parent))
                .map(Optional::orElseThrow)
                .limit(LONGEST_LINE_OF_PARENTS);
    }

    /** Returns the user that this process runs as; empty where that cannot be read. */
    public OptionalLong ownUser() {
        try {
            return OptionalLong.of(((Number) user("self")).longValue());
        } catch (IOException | UnsupportedOperationException notTold) {
            return OptionalLong.empty();
        }
    }

    /** Returns the folder of the files that this process has open, a link for the number of each. */
    public Path ownDescriptors() {
        return root.resolve("self").resolve("fd");
    }

    /**
     * Returns a limit of the kernel; empty where it cannot be read.
     *
     * @param path where it stands under {@code sys}, for example {@code net/core/wmem_max}
     */
    public OptionalLong limit(String path) {
        try {
            return OptionalLong.of(Long.parseLong(
                    Files.readString(root.resolve("sys").resolve(path)).strip()));
        } catch (IOException | NumberFormatException notTold) {
            return OptionalLong.empty();
        }
    }

    /** Whether there is anything to learn here at all. */
    public boolean areThere() {
        return Files.isReadable(root.resolve("self").resolve("stat"));
    }

    /** Whether there is a process of that number, dead or alive. */
    public boolean isInUse(long processId) {
        return directory(processId).toFile().exists();
    }

    /** Whether a process is dead, or not there. */
    public boolean hasEnded(long processId) {
        try {
            String state = stat(processId)[0];
            return state.isEmpty() || isDead(processId, state);
        } catch (IOException gone) {
            return true;
        }
    }

    /** Returns when a process started, in the kernel's own unit, or {@link #GONE} or {@link #UNREADABLE}. */
    public long startTime(long processId) {
        try {
            String[] fields = stat(processId);
            if (isDead(processId, fields[0])) {
                return GONE;
            }
            return fields.length > START_TIME ? Long.parseLong(fields[START_TIME]) : UNREADABLE;
        } catch (NumberFormatException notAsDocumented) {
            return UNREADABLE;
        } catch (IOException e) {
            return Files.exists(directory(processId)) ? UNREADABLE : GONE;
        }
    }

    /** Returns whether two processes are of one user; also where that cannot be read. */
    public boolean isOfSameUser(long one, long other) {
        try {
            return user(Long.toString(one)).equals(user(Long.toString(other)));
        } catch (IOException | UnsupportedOperationException notTold) {
            return true;
        }
    }

    private Object user(String process) throws IOException {
        return Files.getAttribute(root.resolve(process), "unix:uid");
    }

    /** Returns the fields of a process behind its program's name, the state first. */
    private String[] stat(long processId) throws IOException {
        String stat = read(processId, "stat", MOST_READ);
        // The name of the program stands in brackets and may hold brackets and spaces itself.
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    }

    /** The first thread of a process, whose state this is, may have ended before the others. */
    private boolean isDead(long processId, String state) {
        if (state.isEmpty() || !DEAD_STATES.contains(state)) {
            return false;
        }
        String[] threads = directory(processId).resolve("task").toFile().list();
        return threads == null || threads.length <= 1;
    }

    /**
     * Returns what a process is called in each PID namespace that it is in, from this one inwards; one number for a
     * process of this namespace, none where that cannot be read.
     */
    public List<Integer> numbersInNamespaces(long processId) {
        try {
            Matcher line = NUMBERS.matcher(read(processId, "status", MOST_READ));
            return line.find()
                    ? Stream.of(line.group(1).strip().split("\\s+", -1))
                            .map(Integer::valueOf)
                            .toList()
                    : List.of();
        } catch (IOException | NumberFormatException notTold) {
            return List.of();
        }
    }

    /** Returns whether a process that lives has another one among its ancestors. */
    public boolean descends(long processId, long ancestor) {
        return line(processId).skip(1).anyMatch(above -> above == ancestor);
    }

    /** Returns a process, its parent, the parent's parent and so on, as far as they live. */
    public LongStream line(long processId) {
        return LongStream.iterate(processId, above -> above > 0, this::parent).limit(LONGEST_LINE_OF_PARENTS);
    }

    private long parent(long processId) {
        try {
            String[] fields = stat(processId);
            return fields.length > PARENT ? Long.parseLong(fields[PARENT]) : 0;
        } catch (IOException | NumberFormatException gone) {
            return 0;
        }
    }

    /** Returns the processes that have a file mapped, by its number and name, of those whose mappings can be read. */
    public List<Integer> mapping(long inode, String name) {
        return all().filter(processId -> maps(processId, inode, name)).toList();
    }

    /** Returns the processes of other PID namespaces that are called so there. */
    public List<Integer> calledInTheirNamespace(int number) {
        return all().filter(processId -> {
                    List<Integer> numbers = numbersInNamespaces(processId);
                    return numbers.size() > 1 && numbers.get(numbers.size() - 1) == number;
                })
                .toList();
    }

    private Stream<Integer> all() {
        String[] numbers = root.toFile().list((directory, entry) -> entry.matches("[1-9][0-9]{0,8}"));
        return Stream.of(numbers == null ? new String[0] : numbers).map(Integer::valueOf);
    }

    /** Returns whether a process has a file mapped; not where its mappings cannot be read. */
    public boolean maps(long processId, long inode, String name) {
        try {
            String number = " " + inode + " ";
            return read(processId, "maps", Integer.MAX_VALUE)
                    .lines()
                    .anyMatch(line -> line.contains(number) && line.contains("/" + name));
        } catch (IOException notTold) {
            return false;
        }
    }

    /** Returns the command line of a process as {@link CommandLine} makes it, or an empty text. */
    public String command(long processId) {
        try {
            return CommandLine.of(read(processId, "cmdline", MOST_READ));
        } catch (IOException notTold) {
            return "";
        }
    }

    /**
     * Returns the words of a process's command line, or none where they cannot be read. {@link ProcessHandle} gives
     * none where they are longer than a page of memory.
     */
    public List<String> arguments(long processId) {
        try {
            return List.of(read(processId, "cmdline", Integer.MAX_VALUE).split("\0"));
        } catch (IOException notTold) {
            return List.of();
        }
    }

    /** Returns a variable of a process's environment, as it was when the process started. */
    public Optional<String> variable(long processId, String name) {
        try {
            return Stream.of(read(processId, "environ", Integer.MAX_VALUE).split("\0", -1))
                    .filter(entry -> entry.startsWith(name + "="))
                    .map(entry -> entry.substring(name.length() + 1))
                    .findFirst();
        } catch (IOException notTold) {
            return Optional.empty();
        }
    }

    private String read(long processId, String file, int most) throws IOException {
        try (FileInputStream in =
                new FileInputStream(directory(processId).resolve(file).toFile())) {
            return new String(in.readNBytes(most), StandardCharsets.UTF_8);
        }
    }

    Path directory(long processId) {
        return root.resolve(Long.toString(processId));
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
