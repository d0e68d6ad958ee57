package io.github.ttmemorycheck.internal.server;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel shows of a process under {@code /proc}. Everything may be missing: another system has no such files,
 * and a process may end while it is looked at.
 *
 * <p>Files are read as streams: a channel would be closed under a test's thread that is interrupted.
 */
public final class ProcFiles {

    /** The start time of a process that is not there, or is dead. */
    static final long GONE = -1;

    /** The start time of a process that is there and cannot be asked, as while this JVM can open no more files. */
    static final long UNREADABLE = -2;

    private static final int LONGEST_COMMAND = 200;
    private static final int MOST_READ = 4096;

    /** Fields behind the program's name before the one that is wanted: the 22nd of all. */
    private static final int START_TIME = 19;

    private static final String DEAD_STATES = "ZXx";

    private final Path root;

    ProcFiles(Path root) {
        this.root = root;
    }

    /** Returns the one of the kernel that this runs on. */
    public static ProcFiles ofThisSystem() {
        return new ProcFiles(Path.of("/proc"));
    }

    /** Returns whether there is anything to learn here at all. */
    boolean areThere() {
        return Files.isReadable(root.resolve("self").resolve("stat"));
    }

    /** Returns when a process started, in the kernel's own unit, or {@link #GONE} or {@link #UNREADABLE}. */
    long startTime(int processId) {
        try {
            String stat = read(processId, "stat");
            // The name of the program stands in brackets and may hold brackets and spaces itself.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            if (DEAD_STATES.contains(fields[0]) && !fields[0].isEmpty()) {
                return GONE;
            }
            return fields.length > START_TIME ? Long.parseLong(fields[START_TIME]) : UNREADABLE;
        } catch (NumberFormatException notAsDocumented) {
            return UNREADABLE;
        } catch (IOException e) {
            return Files.exists(root.resolve(Integer.toString(processId))) ? UNREADABLE : GONE;
        }
    }

    /** Returns the command line of a process in at most 200 characters, or an empty text. */
    public String command(int processId) {
        StringBuilder text = new StringBuilder();
        try {
            for (char c : read(processId, "cmdline").toCharArray()) {
                text.append(c == 0 ? ' ' : Character.isISOControl(c) ? '?' : c);
            }
        } catch (IOException notTold) {
            return "";
        }
        String command = text.toString().strip();
        return command.length() <= LONGEST_COMMAND ? command : command.substring(0, LONGEST_COMMAND - 3) + "...";
    }

    private String read(int processId, String file) throws IOException {
        Path path = root.resolve(Integer.toString(processId)).resolve(file);
        try (FileInputStream in = new FileInputStream(path.toFile())) {
            return new String(in.readNBytes(MOST_READ), StandardCharsets.UTF_8);
        }
    }
}
