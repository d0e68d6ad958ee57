package io.github.ttmemorycheck.tracker;

import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.internal.tracker.TotalsText;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.PrintStream;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints the totals of each device twice a second: on a terminal a picture that is drawn over, with a bar for DRAM and
 * L1; elsewhere a plain line for each device.
 */
final class TotalsMonitor {

    static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int BAR = 30;
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

    private final MemoryTracker tracker;
    private final PrintStream out;
    private final boolean terminal;
    private final long startNanos;
    private long most = 1;

    TotalsMonitor(MemoryTracker tracker, PrintStream out, boolean terminal, long startNanos) {
        this.tracker = tracker;
        this.out = out;
        this.terminal = terminal;
        this.startNanos = startNanos;
    }

    /**
     * Prints until the thread is interrupted.
     *
     * @throws TrackerException when the totals are not known any more
     */
    void run() {
        while (!Thread.currentThread().isInterrupted()) {
            print(System.nanoTime());
            LockSupport.parkNanos(PERIOD_NANOS);
        }
    }

    void print(long nowNanos) {
        MemoryTotals totals = tracker.snapshot().totals();
        String time = Wording.time(nowNanos - startNanos);
        StringBuilder text = new StringBuilder();
        if (terminal) {
            text.append(CLEAR_SCREEN + tracker.description() + ", " + time + "\n\n");
        }
        if (totals.devices().isEmpty()) {
            text.append(time).append("  no device has been seen\n");
        }
        for (int device : totals.devices()) {
            if (terminal) {
                picture(totals, device, text);
            } else {
                text.append(time + "  " + TotalsText.line(totals, device) + "\n");
            }
        }
        out.print(text);
        out.flush();
    }

    private void picture(MemoryTotals totals, int device, StringBuilder text) {
        text.append(TotalsText.line(totals, device)).append('\n');
        for (MemoryKind kind : new MemoryKind[] {MemoryKind.DRAM, MemoryKind.L1}) {
            long held = totals.of(device, kind);
            most = Math.max(most, held);
            OptionalLong capacity = tracker.capacity(new MemoryPool(device, kind));
            long full = capacity.orElse(most);
            int marks = held == 0 ? 0 : (int) Math.max(1, Math.min(BAR, (double) held / full * BAR));
            text.append("  ").append(kind).append(kind == MemoryKind.L1 ? "   [" : " [");
            text.append("#".repeat(marks)).append(" ".repeat(BAR - marks)).append("] of ");
            text.append(ByteSize.format(full) + (capacity.isPresent() ? "\n" : ", the most seen\n"));
        }
    }
}
