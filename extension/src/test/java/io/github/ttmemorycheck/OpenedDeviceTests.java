package io.github.ttmemorycheck;

import static io.github.ttmemorycheck.PrivateServer.client;
import static io.github.ttmemorycheck.snapshot.MemoryKind.DRAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.device.TtDeviceProvider;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.sharedmemory.WrittenRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device that the first test which needs it opens, and that stays open: what a message says of it where nobody said
 * that it is shared.
 */
@Timeout(60)
class OpenedDeviceTests {

    private static final long MIB = 1024 * 1024;

    @RegisterExtension
    static final PrivateServer SERVER = new PrivateServer();

    private static @Nullable WrittenRegion region;

    /** A device of a singleton, which is there from the first and opened when it is used. */
    static final class MeshDevice implements TtDevice {

        private boolean open;

        void open() {
            if (!open) {
                open = true;
                hold(14 * MIB);
            }
        }

        @Override
        public void enableProgramCache() {}

        @Override
        public void clearProgramCache() {}

        @Override
        public void disableAndClearProgramCache() {}

        @Override
        public long numProgramCacheEntries() {
            return 0;
        }

        @Override
        public boolean isOpen() {
            return open;
        }
    }

    private static MeshDevice singleton = new MeshDevice();
    private static @Nullable MeshDevice madeByTheTest;

    private static void hold(long bytes) {
        try {
            if (region != null) {
                region.add(0, 0, bytes);
            } else {
                client().allocate(0, DRAM, 0x1000_0000, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Registered for the test that needs it, by a class loader of its own. */
    public static final class Provider implements TtDeviceProvider {

        @Override
        public List<? extends TtDevice> devices() {
            return List.of(singleton);
        }
    }

    @BeforeEach
    void close() {
        singleton = new MeshDevice();
        madeByTheTest = null;
    }

    @AfterEach
    void forgetTheRegion() {
        region = null;
    }

    private static void tellsThatItWasOpened(String message) {
        assertThat(message)
                .contains("likely: MeshDevice was opened in this test and is still open. ")
                .contains("[device-left-open]")
                .contains("to fix: close MeshDevice before the test ends"
                        + " or, where tests share it on purpose, open it within SharedDeviceMemory.open(\"...\")")
                .doesNotContain("deallocate the tensors");
    }

    @TtMemoryCheck
    static class InAField {

        static final Optional<MeshDevice> MESH = Optional.of(singleton);

        @Test
        void a_opens_it() {
            MESH.orElseThrow().open();
        }

        @Test
        void b_uses_it() {
            MESH.orElseThrow().open();
        }
    }

    @Test
    void a_device_in_a_field_that_was_closed_before_the_test() {
        String message = SERVER.run(InAField.class).of("a_opens_it()").words();

        tellsThatItWasOpened(message);
        assertThat(message).contains("It said that it was closed when the test began");
    }

    @TtMemoryCheck
    static class MadeLazily {

        @Nullable
        MeshDevice mesh = madeByTheTest;

        @Test
        void a_opens_it() {
            madeByTheTest = new MeshDevice();
            mesh = madeByTheTest;
            Objects.requireNonNull(mesh).open();
        }

        @Test
        void b_uses_it() {
            Objects.requireNonNull(mesh).open();
        }
    }

    @Test
    void a_device_that_is_made_in_the_test() {
        String message = SERVER.run(MadeLazily.class).of("a_opens_it()").words();

        tellsThatItWasOpened(message);
        assertThat(message).contains("It was not known to the check when the test began");
    }

    @TtMemoryCheck
    static class Provided {

        @Test
        void a_opens_it() {
            singleton.open();
        }

        @Test
        void b_uses_it() {
            singleton.open();
        }
    }

    private static FixtureRun provided(Path directory, Class<?> fixture) throws IOException {
        Path services = Files.createDirectories(directory.resolve("services/META-INF/services"));
        Files.writeString(services.resolve(TtDeviceProvider.class.getName()), Provider.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        try (URLClassLoader withProvider = new URLClassLoader(
                new URL[] {directory.resolve("services").toUri().toURL()}, loader)) {
            thread.setContextClassLoader(withProvider);
            return region == null
                    ? SERVER.run(fixture)
                    : FixtureRun.of(
                            List.of(fixture),
                            directory,
                            directory.resolve("s"),
                            TtMemoryCheckSettings.SHM_DIRECTORY,
                            directory.resolve("shm").toString());
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    @Test
    void a_device_that_a_provider_gives(@TempDir Path directory) throws IOException {
        tellsThatItWasOpened(
                provided(directory, Provided.class).of("a_opens_it()").words());
    }

    @Test
    void the_same_where_totals_are_known_alone(@TempDir Path directory) throws IOException {
        region = WrittenRegion.create(Files.createDirectories(directory.resolve("shm")), "4711", 2)
                .attach(0, (int) ProcessHandle.current().pid(), "java");
        try {
            tellsThatItWasOpened(
                    provided(directory, Provided.class).of("a_opens_it()").words());
        } finally {
            EmbeddedTracker.running(directory.resolve("s")).ifPresent(EmbeddedTracker::close);
        }
    }

    @TtMemoryCheck
    static class Shared {

        @Test
        void a_opens_it() {
            SharedDeviceMemory session = SharedDeviceMemory.open("session");
            try {
                singleton.open();
            } finally {
                session.close();
            }
        }

        @Test
        void b_uses_it() {
            singleton.open();
        }
    }

    @Test
    void what_the_message_advises_makes_it_pass(@TempDir Path directory) throws IOException {
        assertThat(provided(directory, Shared.class).failed()).isEmpty();
    }

    @TtMemoryCheck
    static class OpenBefore {

        static final MeshDevice MESH = new MeshDevice();

        @Test
        void a_opens_it() {
            hold(MIB);
        }
    }

    @Test
    void a_device_that_was_open_before_the_test_was_not_opened_in_it() {
        OpenBefore.MESH.open = true;
        assertThat(SERVER.run(OpenBefore.class).of("a_opens_it()").words()).doesNotContain("was opened in this test");
    }
}
