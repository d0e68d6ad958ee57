package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The line of a buffer in a dump, made in the same memory for each: a dump may have a million. What most buffers of a
 * device have in common with the one before, their size and their process, is put into words once; the command of a
 * process, which may be long, stands in its first line only. Not thread-safe.
 */
final class DumpLine {

    private static final int KIND = 4;
    private static final int ADDRESS = KIND + 17;
    private static final int SIZE = ADDRESS + 20;
    private static final int REFERENCES = SIZE + 12;
    private static final int PROCESS = REFERENCES + 14;
    private static final int DIGITS = 8;

    private final Map<Integer, String> commands;
    private final StringBuilder line = new StringBuilder();
    private long lastSize;
    private String sizeText = ByteSize.format(0);
    private int lastProcess;
    private String processText = "";
    private final Set<Integer> named = new HashSet<>();

    DumpLine(Map<Integer, String> commands) {
        this.commands = commands;
    }

    /** Returns the line, with its end; good until the next call. */
    CharSequence of(DeviceBuffer buffer) {
        line.setLength(0);
        padTo(KIND);
        line.append(buffer.kind().name());
        padTo(ADDRESS);
        line.append("0x");
        String hex = Long.toHexString(buffer.address());
        for (int missing = DIGITS - hex.length(); missing > 0; missing--) {
            line.append('0');
        }
        line.append(hex);
        padTo(SIZE);
        line.append(size(buffer.size()));
        padTo(REFERENCES);
        line.append("ref_count ").append(buffer.refCount());
        padTo(PROCESS);
        return line.append(process(buffer.processId())).append('\n');
    }

    private String size(long size) {
        if (size != lastSize) {
            lastSize = size;
            sizeText = ByteSize.format(size);
        }
        return sizeText;
    }

    /** Returns the number of a process, and its command where it stands for the first time. */
    private String process(int process) {
        if (process != lastProcess || named.isEmpty()) {
            lastProcess = process;
            processText = "pid " + process;
        }
        return named.add(process)
                ? (processText + " " + commands.getOrDefault(process, "")).stripTrailing()
                : processText;
    }

    /** Pads to a column, and behind a longer text by the two spaces that part columns. */
    private void padTo(int column) {
        int from = line.length();
        if (from > 0 && from > column - 2) {
            line.append("  ");
        }
        while (line.length() < column) {
            line.append(' ');
        }
    }
}
