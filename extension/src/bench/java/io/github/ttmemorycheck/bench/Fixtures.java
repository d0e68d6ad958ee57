package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.TtMemoryCheck;
import io.github.ttmemorycheck.device.TtDevice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The classes of tests that are timed: each once bare and once checked. All hold eight open devices. */
final class Fixtures {

    static final int REPETITIONS = 5_000;
    static final int FEW = 10;
    static final int THOUSAND = 1_000;

    /** What tests that allocate do so with; set before they run. */
    static @Nullable Mesh mesh;

    /** What tests ask a server with; set before they run. */
    static @Nullable RoundTrips trips;

    private Fixtures() {}

    private static void use() {
        Mesh used = mesh;
        if (used != null) {
            used.use();
        }
    }

    /** Eight devices in fields, where the check looks for them. */
    abstract static class EightDevices {

        static final TtDevice D0 = new Mesh.Device();
        static final TtDevice D1 = new Mesh.Device();
        static final TtDevice D2 = new Mesh.Device();
        static final TtDevice D3 = new Mesh.Device();
        static final TtDevice D4 = new Mesh.Device();
        static final TtDevice D5 = new Mesh.Device();
        static final TtDevice D6 = new Mesh.Device();
        static final TtDevice D7 = new Mesh.Device();
    }

    static class Bare extends EightDevices {

        @RepeatedTest(REPETITIONS)
        void nothing() {}
    }

    @TtMemoryCheck
    static class Checked extends EightDevices {

        @RepeatedTest(REPETITIONS)
        void nothing() {}
    }

    static class BareInUse extends EightDevices {

        @RepeatedTest(REPETITIONS)
        void allocates() {
            use();
        }
    }

    @TtMemoryCheck
    static class CheckedInUse extends EightDevices {

        @RepeatedTest(REPETITIONS)
        void allocates() {
            use();
        }
    }

    /** Collects as the check is told to. */
    static class BareCollecting extends EightDevices {

        @RepeatedTest(FEW)
        void nothing() {}

        @AfterEach
        void collect() {
            System.gc();
        }
    }

    @TtMemoryCheck
    static class CheckedFew extends EightDevices {

        @RepeatedTest(FEW)
        void nothing() {}
    }

    /** Asks a server one question after each test. */
    static class BareAsking extends EightDevices {

        @RepeatedTest(REPETITIONS)
        void nothing() {}

        @AfterEach
        void ask() {
            RoundTrips asked = trips;
            if (asked == null) {
                throw new IllegalStateException("no server was named");
            }
            asked.ask();
        }
    }

    static class BareOnce {

        @Test
        void nothing() {}
    }

    @TtMemoryCheck
    static class CheckedOnce {

        @Test
        void nothing() {}
    }

    /** Ten thousand tests, a thousand in each of ten classes. */
    static class Many {

        @TtMemoryCheck
        abstract static class Thousand extends EightDevices {

            @RepeatedTest(THOUSAND)
            void allocates() {
                use();
            }
        }

        @Nested
        class C0 extends Thousand {}

        @Nested
        class C1 extends Thousand {}

        @Nested
        class C2 extends Thousand {}

        @Nested
        class C3 extends Thousand {}

        @Nested
        class C4 extends Thousand {}

        @Nested
        class C5 extends Thousand {}

        @Nested
        class C6 extends Thousand {}

        @Nested
        class C7 extends Thousand {}

        @Nested
        class C8 extends Thousand {}

        @Nested
        class C9 extends Thousand {}
    }
}
