package io.github.ttmemorycheck.internal.text;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Processes as messages name them.
 *
 * @param commands the command lines that are known
 * @param ownProcessId the process that speaks
 */
public record ProcessNames(Map<Integer, String> commands, long ownProcessId) {

    /** What stands before the last slash of a word. */
    private static final Pattern DIRECTORY = Pattern.compile("(?<!\\S)/\\S*/(?=\\S)");

    private static final int LEAST_COLUMNS_OF_A_COMMAND = 20;

    /** From here on downwards a number is of a process that cannot be seen from here; its command says what it is. */
    public static final int UNSEEN = -(1 << 30);

    /**
     * {@code pid 4711 python3 worker.py}, so that the whole has so many columns: the directories in a longer command
     * are left out, and if that is not enough it is cut in its middle; or {@code pid 4711 (this JVM)}, whose command
     * line says nothing to who reads the message of a test.
     */
    public String name(int processId, int columns) {
        String pid = "pid " + processId;
        if (processId == ownProcessId) {
            return pid + " (this JVM)";
        }
        String command = PlainText.escape(commands.getOrDefault(processId, "")).strip();
        if (processId <= UNSEEN) {
            return command.isEmpty() ? "a process that cannot be seen from here" : command;
        }
        if (command.isEmpty()) {
            return pid;
        }
        int room = Math.max(columns - pid.length() - 1, LEAST_COLUMNS_OF_A_COMMAND);
        if (command.length() > room) {
            command = DIRECTORY.matcher(command).replaceAll("");
        }
        return pid + " " + PlainText.cutMiddle(command, room);
    }
}
