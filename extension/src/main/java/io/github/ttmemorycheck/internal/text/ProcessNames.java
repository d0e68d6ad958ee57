package io.github.ttmemorycheck.internal.text;

import java.util.Map;

/**
 * Processes as messages name them.
 *
 * @param commands the command lines that are known
 * @param ownProcessId the process that speaks
 */
public record ProcessNames(Map<Integer, String> commands, long ownProcessId) {

    private static final int LEAST_COLUMNS_OF_A_COMMAND = 20;

    /**
     * {@code pid 4711 python3 worker.py}, the command cut in its middle so that the whole has so many columns; or
     * {@code pid 4711 (this JVM)}, whose command line says nothing to who reads the message of a test.
     */
    public String name(int processId, int columns) {
        String pid = "pid " + processId;
        if (processId == ownProcessId) {
            return pid + " (this JVM)";
        }
        String command = PlainText.escape(commands.getOrDefault(processId, "")).strip();
        if (command.isEmpty()) {
            return pid;
        }
        int room = columns - pid.length() - 1;
        return pid + " " + PlainText.cutMiddle(command, Math.max(room, LEAST_COLUMNS_OF_A_COMMAND));
    }
}
