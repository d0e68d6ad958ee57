package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.internal.text.BufferList;
import io.github.ttmemorycheck.internal.text.ProcessNames;
import java.util.List;
import java.util.Optional;

/** Writes the buffers of some memory below the first line of a message. */
final class BufferLines {

    private BufferLines() {}

    /** Returns lines that each begin with a line break; none when there is no memory to speak of. */
    static String of(Memory memory) {
        if (memory.isNone()) {
            return "";
        }
        if (!memory.buffersKnown()) {
            return "\n  the tracker knows totals only, so the buffers cannot be listed";
        }
        ProcessNames processes =
                new ProcessNames(memory.commands(), ProcessHandle.current().pid());
        return "\n"
                + String.join(
                        "\n",
                        new BufferList(memory.buffers(), processes, Optional.empty())
                                .lines(" " + memory.what(), "", List.of()));
    }
}
