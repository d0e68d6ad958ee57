package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.server.Child;
import io.github.ttmemorycheck.internal.tracker.MemoryTrackerContractTests;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract, of a third-party server in each of its generations. */
class ThirdPartyServerContractTests {

    @Nested
    class Of72Bytes extends Contract {
        Of72Bytes() {
            super(Generation.G1, EnumSet.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.L1_SMALL, MemoryKind.TRACE));
        }
    }

    @Nested
    class Of112Bytes extends Contract {
        Of112Bytes() {
            super(Generation.G2, EnumSet.of(MemoryKind.DRAM, MemoryKind.L1, MemoryKind.L1_SMALL, MemoryKind.TRACE));
        }
    }

    @Nested
    class Of128Bytes extends Contract {
        Of128Bytes() {
            super(Generation.G3, EnumSet.complementOf(EnumSet.of(MemoryKind.SYSTEM_MEMORY)));
        }
    }

    @Nested
    class Of144Bytes extends Contract {
        Of144Bytes() {
            super(Generation.G4, EnumSet.complementOf(EnumSet.of(MemoryKind.SYSTEM_MEMORY)));
        }
    }

    abstract static class Contract extends MemoryTrackerContractTests {

        private final Generation generation;
        private final Set<MemoryKind> kinds;

        @TempDir
        Path directory;

        private @Nullable ThirdPartyFake fake;
        private @Nullable ServerTracker tracker;

        Contract(Generation generation, Set<MemoryKind> kinds) {
            this.generation = generation;
            this.kinds = kinds;
        }

        @BeforeEach
        void open() throws IOException {
            fake = ThirdPartyFake.start(directory, generation);
            tracker = ServerTracker.attach(fake().socket());
        }

        @AfterEach
        void close() throws IOException {
            tracker().close();
            fake().close();
        }

        private ThirdPartyFake fake() {
            return Objects.requireNonNull(fake);
        }

        @Override
        protected ServerTracker tracker() {
            return Objects.requireNonNull(tracker);
        }

        @Override
        protected Set<MemoryKind> kinds() {
            return kinds;
        }

        @Override
        protected boolean seesProcessesEnd() {
            return false;
        }

        @Override
        protected void allocate(int device, MemoryKind kind, long address, long bytes) throws IOException {
            fake().allocate(device, kind, address, bytes);
        }

        @Override
        protected void free(int device, MemoryKind kind, long address, long bytes) throws IOException {
            fake().free(device, kind, address, bytes);
        }

        @Override
        protected Child startHolder(List<Integer> devices, MemoryKind kind, long address, long bytes)
                throws IOException {
            return fake().hold(devices, kind, address, bytes);
        }

        @Override
        protected void makeBlind() throws InterruptedException {
            fake().server().kill();
        }
    }
}
