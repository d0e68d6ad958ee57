package io.github.ttmemorycheck.internal.tracker;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The line of a buffer in a dump, made in the same memory for each: a dump may have a million, and a text for each
 * would cost twice the memory of the buffers themselves. What most buffers of a device have in common with the one
 * before, their size and their process, is put into words once; the command of a process, which may be long, stands in
 * its first line only. Not thread-safe.
 */
final class DumpLine {

    private static final int KIND = 4;
    private static final int ADDRESS = KIND + 17;
    private static final int SIZE = ADDRESS + 20;
    private static final int REFERENCES = SIZE + 12;
    private static final int PROCESS = REFERENCES + 14;
    private static final int LEAST_DIGITS = 8;

    private final Map<Integer, String> commands;
    private final StringBuilder line = new StringBuilder();
    private char[] characters = new char[0];
    private long lastSize;
    private String sizeText = ByteSize.format(0);
    private int lastProcess;
    private String processText = "";
    private final Set<Integer> named = new HashSet<>();

    DumpLine(Map<Integer, String> commands) {
        this.commands = commands;
    }

    /** Writes the line of a buffer, with its end. */
    void write(DeviceBuffer buffer, Appendable out) throws IOException {
        line.setLength(0);
        padTo(KIND);
        line.append(buffer.kind().name());
        padTo(ADDRESS);
        address(buffer.address());
        padTo(SIZE);
        line.append(size(buffer.size()));
        padTo(REFERENCES);
        line.append("ref_count ").append(buffer.refCount());
        padTo(PROCESS);
        line.append(process(buffer.processId())).append('\n');
        if (out instanceof Writer writer) {
            // A writer makes a text of what is appended.
            if (characters.length < line.length()) {
                characters = new char[line.length()];
            }
            line.getChars(0, line.length(), characters, 0);
            writer.write(characters, 0, line.length());
        } else {
            out.append(line);
        }
    }

    private void address(long address) {
        int digits = Math.max(LEAST_DIGITS, (Long.SIZE - Long.numberOfLeadingZeros(address) + 3) / 4);
        line.append("0x");
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            line.append(Character.forDigit((int) (address >>> shift) & 0xf, 16));
        }
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
        if (process == lastProcess && !named.isEmpty()) {
            return processText;
        }
        lastProcess = process;
        processText = "pid " + process;
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
