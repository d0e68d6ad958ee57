package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;

import io.github.ttmemorycheck.client.AllocationClient;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A JVM that runs tests as a build tool's fork does: {@code <report directory> <class>...}, each class in a plan of its
 * own, all in one session of the launcher. A class with {@link #OWN_LOADER} before its name is loaded by a class loader
 * that loads the library once more, as that of a Quarkus test does. The system property of the setting names the socket.
 */
final class ReportProgram {

    static final String OWN_LOADER = "own:";

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private ReportProgram() {}

    public static void main(String[] arguments) throws ClassNotFoundException {
        try (LauncherSession session = LauncherFactory.openSession()) {
            for (String type : List.of(arguments).subList(1, arguments.length)) {
                session.getLauncher()
                        .execute(
                                LauncherDiscoveryRequestBuilder.request()
                                        .selectors(DiscoverySelectors.selectClass(load(type)))
                                        .configurationParameter(TtMemoryCheckSettings.REPORT_DIRECTORY, arguments[0])
                                        .configurationParameter(TtMemoryCheckSettings.SETTLE, "0s")
                                        .build(),
                                new TestExecutionListener[0]);
            }
        }
        say("end");
    }

    private static Class<?> load(String type) throws ClassNotFoundException {
        return type.startsWith(OWN_LOADER)
                ? new LibraryAgain().loadClass(type.substring(OWN_LOADER.length()))
                : Class.forName(type);
    }

    /** Loads the library and its tests again, and everything else as its parent does. */
    private static final class LibraryAgain extends ClassLoader {

        LibraryAgain() {
            super(ReportProgram.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null
                        ? known
                        : name.startsWith(ReportProgram.class.getPackageName())
                                ? again(name)
                                : super.loadClass(name, resolve);
            }
        }

        private Class<?> again(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    static void say(String line) {
        try {
            OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AllocationClient connect() {
        return AllocationClient.connect(Path.of(System.getProperty(TtMemoryCheckSettings.SOCKET)));
    }

    @TtMemoryCheck
    static class Clean {

        @Test
        void decodes() throws IOException {
            try (AllocationClient client = connect()) {
                client.allocate(0, DRAM, 4096, 4096);
                client.free(0, 4096);
            }
        }
    }

    @TtMemoryCheck
    static class Leaking {

        @Test
        void forgets() throws IOException {
            connect().allocate(3, DRAM, 8192, 8192);
        }
    }

    /** Leaks at its first run in a JVM, not at its second. */
    @TtMemoryCheck
    static class Flaky {

        private static int runs;

        @Test
        void decodes() throws IOException {
            if (runs++ == 0) {
                connect().allocate(1, DRAM, 16_384, 4096);
            }
        }
    }

    /** Says when its second test runs, and waits there for a line, or for its end. */
    @TtMemoryCheck
    @org.junit.jupiter.api.TestMethodOrder(org.junit.jupiter.api.MethodOrderer.OrderAnnotation.class)
    static class Waiting {

        private static final List<AllocationClient> CLIENTS = new ArrayList<>();

        @BeforeAll
        static void open() {
            CLIENTS.add(connect());
        }

        @AfterAll
        static void close() {
            CLIENTS.remove(0).close();
        }

        @Test
        @Order(1)
        void first() throws IOException {
            CLIENTS.get(0).allocate(0, DRAM, 4096, 4096);
            CLIENTS.get(0).free(0, 4096);
        }

        @Test
        @Order(2)
        void second() throws IOException {
            say("waiting");
            System.in.read();
        }
    }

    static class Unchecked {

        @Test
        void is_not_checked() {
            say("ran");
        }
    }
}
