package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.bench.binding.Binding;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.sites.AllocationSites;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;

/**
 * What a live buffer takes of the heap: the heap in use after full collections, with a million buffers less without
 * them. So everything counts that is kept for them.
 */
final class HeapRun {

    private static final int COLLECTIONS = 3;

    private HeapRun() {}

    /** Takes what to measure. */
    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "entry" -> entries();
            case "site" -> sites();
            default -> buffers();
        }
    }

    private static void buffers() throws IOException {
        try (EmbeddedTracker server = EmbeddedTracker.start(Workplace.socket())) {
            // Loads the classes and makes the buffers that belong to the server.
            Many.allocate(server.socket(), 1, 1).close();
            server.mark().close();
            double before = used();
            try (SocketChannel open = Many.allocate(server.socket(), FullDump.BUFFERS, Mesh.DEVICES)) {
                server.mark().close();
                if (!open.isConnected()) {
                    throw new IOException("the buffers have gone with their connection");
                }
                System.out.println("buffer " + (used() - before) / FullDump.BUFFERS);
            }
        }
    }

    private static void entries() {
        double before = used();
        Map<Long, Long> entries = new HashMap<>();
        for (long i = 0; i < FullDump.BUFFERS; i++) {
            entries.put(i << 11, i + FullDump.BUFFERS);
        }
        double held = used() - before;
        System.out.println("entry " + held / entries.size());
    }

    /** What the record of where they were allocated takes, all at one line. */
    private static void sites() {
        AllocationSites.record(true);
        Binding binding = new Binding();
        binding.tensor(0);
        double before = used();
        for (long i = 1; i <= FullDump.BUFFERS; i++) {
            binding.tensor(i << 11);
        }
        System.out.println("site " + (used() - before) / FullDump.BUFFERS);
    }

    private static double used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
