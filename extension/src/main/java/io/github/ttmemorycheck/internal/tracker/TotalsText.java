package io.github.ttmemorycheck.internal.tracker;

import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;
import java.util.StringJoiner;

/** Totals, a line each device, as text for people. */
public final class TotalsText {

    private TotalsText() {}

    public static void write(MemoryTotals totals, Appendable out) throws IOException {
        out.append("Device memory held, in totals:").append(totals.isZero() ? " none\n" : "\n");
        for (int device : totals.devices()) {
            out.append("  ").append(line(totals, device)).append('\n');
        }
    }

    /** For example {@code device 0: DRAM 36 KiB, L1 12 KiB}. */
    public static String line(MemoryTotals totals, int device) {
        StringJoiner kinds = new StringJoiner(", ");
        kinds.setEmptyValue("nothing");
        for (MemoryKind kind : MemoryKind.values()) {
            if (totals.of(device, kind) != 0) {
                kinds.add(kind + " " + ByteSize.format(totals.of(device, kind)));
            }
        }
        return "device " + device + ": " + kinds;
    }
}
