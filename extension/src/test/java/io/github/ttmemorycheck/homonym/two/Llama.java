package io.github.ttmemorycheck.homonym.two;

import io.github.ttmemorycheck.KnownLeak;
import io.github.ttmemorycheck.TtMemoryCheck;
import org.junit.jupiter.api.Test;

/** Has a class of the same name in another package. */
public final class Llama {

    private Llama() {}

    @TtMemoryCheck
    public static class Fixture {

        private static Runnable work = () -> {};

        /** Says what its test does. */
        public static Class<?> doing(Runnable what) {
            work = what;
            return Fixture.class;
        }

        @Test
        void decodes() {
            work.run();
        }
    }

    @KnownLeak(reason = "the decoder keeps its scratch tensor")
    public static class Waived extends Fixture {}
}
