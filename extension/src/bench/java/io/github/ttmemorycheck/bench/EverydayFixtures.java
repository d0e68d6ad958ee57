package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.KnownLeak;
import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.ProgramCacheClearing;
import io.github.ttmemorycheck.TtMemoryCheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The classes of tests that stay in use without a leak that fails: each once bare and once checked. */
final class EverydayFixtures {

    static final int TESTS_OF_A_CLASS = 20;

    /** What tests allocate with; set before they run. */
    static @Nullable Mesh mesh;

    /** What compiles programs; its cache is empty before each run. */
    static final CompilingDevice COMPILING = new CompilingDevice();

    private EverydayFixtures() {}

    private static void leave() {
        Mesh used = mesh;
        if (used != null) {
            used.leaveInsteadOfTheLast();
        }
    }

    private static void compute(int test) {
        COMPILING.run(test % 4);
        COMPILING.run(100 + test);
    }

    static class BareLeaving extends Fixtures.EightDevices {

        @RepeatedTest(Fixtures.THOUSAND)
        void leaves() {
            leave();
        }
    }

    @TtMemoryCheck(growthTolerance = "64KiB")
    @MemoryBaseline(device = 0, l1 = "64KiB")
    static class AllowedLeaving extends Fixtures.EightDevices {

        @RepeatedTest(Fixtures.THOUSAND)
        void leaves() {
            leave();
        }
    }

    @TtMemoryCheck(growthTolerance = "64KiB")
    @KnownLeak(device = 0, max = "64KiB", reason = "measured")
    static class WaivedLeaving extends Fixtures.EightDevices {

        @RepeatedTest(Fixtures.THOUSAND)
        void leaves() {
            leave();
        }
    }

    static class BareTelling {

        static final TellingDevice DEVICE = new TellingDevice(100);

        @RepeatedTest(Fixtures.THOUSAND)
        void nothing() {}
    }

    @TtMemoryCheck
    static class CheckedTelling {

        static final TellingDevice DEVICE = new TellingDevice(100);

        @RepeatedTest(Fixtures.THOUSAND)
        void nothing() {}
    }

    static class BareThousand extends Fixtures.EightDevices {

        @RepeatedTest(Fixtures.THOUSAND)
        void nothing() {}
    }

    @TtMemoryCheck
    static class CheckedThousand extends Fixtures.EightDevices {

        @RepeatedTest(Fixtures.THOUSAND)
        void nothing() {}
    }

    static class BareCompiling {

        @RepeatedTest(TESTS_OF_A_CLASS)
        void computes(RepetitionInfo repetition) {
            compute(repetition.getCurrentRepetition());
        }
    }

    @TtMemoryCheck(clearProgramCache = ProgramCacheClearing.AFTER_ALL, growthTolerance = "1MiB")
    static class CheckedCompiling {

        static final CompilingDevice DEVICE = COMPILING;

        @RepeatedTest(TESTS_OF_A_CLASS)
        void computes(RepetitionInfo repetition) {
            compute(repetition.getCurrentRepetition());
        }
    }
}
