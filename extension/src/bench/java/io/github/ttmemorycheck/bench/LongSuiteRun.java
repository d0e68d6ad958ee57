package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;

/** Runs ten thousand checked tests twice, the first time to load what is loaded once. */
final class LongSuiteRun {

    private static final int COLLECTIONS = 3;

    private LongSuiteRun() {}

    /** Takes the path of the tracker's socket. */
    public static void main(String[] arguments) throws IOException {
        Path socket = Path.of(arguments[0]);
        try (AllocationServer server = AllocationServer.start(socket);
                Mesh mesh = new Mesh(server.socket(), Mesh.DEVICES)) {
            Fixtures.mesh = mesh;
            Suite whole = Suite.run(Fixtures.Many.class, socket, Map.of());
            say("first", whole.medianNanos(0, Fixtures.THOUSAND));
            say("last", whole.medianNanos(whole.tests() - Fixtures.THOUSAND, whole.tests()));
            note("Before");
            Suite.run(Fixtures.Many.class, socket, Map.of());
            note("After");
        }
    }

    private static void note(String when) {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        say("heap" + when, (double) ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        say("threads" + when, ManagementFactory.getThreadMXBean().getThreadCount());
        String[] files = new File("/proc/self/fd").list();
        say("files" + when, files == null ? 0 : files.length);
    }

    private static void say(String name, double figure) {
        System.out.println(name + " " + figure);
    }
}
