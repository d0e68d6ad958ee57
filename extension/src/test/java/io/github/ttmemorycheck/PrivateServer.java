package io.github.ttmemorycheck;

import io.github.ttmemorycheck.client.AllocationClient;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;

/** A real allocation server on a socket of its own, and a client for the fixtures, for as long as a test class runs. */
final class PrivateServer implements BeforeAllCallback, AfterAllCallback {

    private static volatile @Nullable AllocationClient client;

    private @Nullable Path directory;
    private @Nullable AllocationServer server;

    /** The client that fixtures report with. */
    static AllocationClient client() {
        return Objects.requireNonNull(client);
    }

    AllocationServer server() {
        return Objects.requireNonNull(server);
    }

    Path directory() {
        return Objects.requireNonNull(directory);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("ttmc");
        server = AllocationServer.start(directory().resolve("tt.sock"));
        client = AllocationClient.connect(server().socket());
    }

    /** Runs a fixture class with the check, on this server, without the waits of the defaults. */
    FixtureRun run(Class<?> fixture, String... settings) {
        return run(List.of(fixture), settings);
    }

    /** The same through a launcher, whose listeners learn what was configured. */
    FixtureRun launch(Class<?> fixture, String... settings) {
        freeEverything();
        return FixtureRun.launched(List.of(fixture), directory(), server().socket(), settings);
    }

    /** Runs what is selected by JUnit's test kit. */
    FixtureRun select(List<? extends DiscoverySelector> selectors, String... settings) {
        freeEverything();
        return FixtureRun.selected(
                selectors.toArray(DiscoverySelector[]::new), directory(), server().socket(), settings);
    }

    /** Has a launcher run what is selected; {@code narrow} may filter it. */
    FixtureRun launch(
            Launcher launcher,
            List<? extends DiscoverySelector> selectors,
            Consumer<LauncherDiscoveryRequestBuilder> narrow,
            String... settings) {
        freeEverything();
        LauncherDiscoveryRequestBuilder request = FixtureRun.request(
                selectors.toArray(DiscoverySelector[]::new), directory(), server().socket(), settings);
        narrow.accept(request);
        return FixtureRun.launched(launcher, request);
    }

    /** Runs several fixture classes together. */
    FixtureRun run(List<Class<?>> fixtures, String... settings) {
        freeEverything();
        return FixtureRun.of(fixtures, directory(), server().socket(), settings);
    }

    /** Frees what an earlier run left, so that its addresses can be allocated anew: each buffer as its own process. */
    private void freeEverything() {
        for (DeviceBuffer buffer : server().snapshot().buffers()) {
            try (AllocationClient owner = AllocationClient.builder()
                    .socket(server().socket())
                    .processId(buffer.processId())
                    .build()) {
                for (long i = 0; i < buffer.refCount(); i++) {
                    if (buffer.kind() == MemoryKind.CIRCULAR_BUFFER) {
                        owner.freeCircularBuffer(buffer.device(), buffer.address(), buffer.size());
                    } else {
                        owner.free(buffer.device(), buffer.address());
                    }
                }
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        client().close();
        server().close();
        try (var files = Files.walk(directory())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
