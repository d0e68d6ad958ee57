package io.github.ttmemorycheck.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Garbage is collected for real, or it is said that it was not. */
class ForcedCollectionTests {

    private static final Cleaner CLEANER = Cleaner.create();

    /** Holds a fixed number of bytes until it is collected. */
    private static void forget(AtomicLong held, long bytes) {
        held.addAndGet(bytes);
        CLEANER.register(new Object(), () -> held.addAndGet(-bytes));
    }

    @Test
    void a_collection_frees_what_is_garbage_and_ends_when_nothing_is_left() {
        AtomicLong held = new AtomicLong();
        forget(held, 4096);

        ForcedCollection.Result outcome = new ForcedCollection(true).until(held::get);

        assertThat(held).hasValue(0);
        assertThat(outcome).isEqualTo(new ForcedCollection.Result(1, ""));
    }

    @Test
    void it_ends_after_a_collection_that_frees_nothing() {
        ForcedCollection.Result outcome = new ForcedCollection(true).until(() -> 36L);

        assertThat(outcome).isEqualTo(new ForcedCollection.Result(1, ""));
    }

    @Test
    void what_is_freed_only_once_something_else_is_takes_another_collection() {
        AtomicLong held = new AtomicLong(2);
        CLEANER.register(new Object(), () -> {
            held.decrementAndGet();
            CLEANER.register(new Object(), held::decrementAndGet);
        });

        ForcedCollection.Result outcome = new ForcedCollection(true).until(held::get);

        assertThat(held).hasValue(0);
        assertThat(outcome.collections()).isEqualTo(2);
    }

    @Test
    @Timeout(30)
    void a_collection_that_did_not_happen_is_said() {
        ForcedCollection.Result outcome = new ForcedCollection(() -> {}).until(() -> 36L);

        assertThat(outcome.collections()).isZero();
        assertThat(outcome.note()).startsWith("no garbage collection happened although it was asked for");
    }

    /** Runs in a JVM of its own. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            AtomicLong held = new AtomicLong();
            forget(held, 4096);
            ForcedCollection.Result outcome = new ForcedCollection(true).until(held::get);
            System.out.print(held.get() + " left after " + outcome.collections() + " collections" + outcome.note());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseSerialGC"})
    @Timeout(60)
    void it_collects_even_where_the_jvm_ignores_explicit_requests(String collector) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+DisableExplicitGC",
                        collector,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEqualTo("0 left after 1 collections");
    }
}
