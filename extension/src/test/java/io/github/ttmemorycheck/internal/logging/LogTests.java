package io.github.ttmemorycheck.internal.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.Printed;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("it catches what is printed")
class LogTests {

    private static String warning(Throwable cause) throws IOException {
        return Printed.during(() -> Log.ofLibrary().warn("the memory is not known", cause));
    }

    @Test
    void what_a_tracker_says_stands_without_the_name_of_a_class() throws IOException {
        assertThat(warning(new TrackerException("nobody listens")))
                .isEqualToIgnoringNewLines("WARN io.github.ttmemorycheck - the memory is not known (nobody listens)");
    }

    @Test
    void what_the_system_says_stands_with_it() throws IOException {
        assertThat(warning(new IOException("disk full")))
                .contains("the memory is not known (java.io.IOException: disk full)");
    }

    private static Log log(boolean isShut) {
        System.setProperty("org.slf4j.simpleLogger.log.a.log", "info");
        return new Log("a.log", LoggerFactory.getLogger("a.log"), logger -> isShut);
    }

    @Test
    void what_a_log_that_is_shut_would_swallow_is_printed_once() throws IOException {
        assertThat(Printed.during(() -> {
                    log(true).answer("device memory: 3 tests checked");
                    log(true).warn("Junit4Test was not checked");
                }))
                .isEqualToNormalizingNewlines(
                        "INFO: device memory: 3 tests checked\nWARNING: Junit4Test was not checked\n");
    }

    @Test
    void what_a_user_turned_off_is_not_printed_either() throws IOException {
        System.setProperty("org.slf4j.simpleLogger.log.a.quiet.log", "error");
        Log quiet = new Log("a.quiet.log", LoggerFactory.getLogger("a.quiet.log"), logger -> true);
        assertThat(Printed.during(() -> {
                    quiet.answer("device memory: 3 tests checked");
                    quiet.warn("Junit4Test was not checked");
                }))
                .isEmpty();
    }

    @Test
    void what_a_log_shows_is_not_printed_besides() throws IOException {
        assertThat(Printed.during(() -> log(false).warn("Junit4Test was not checked")))
                .isEqualToIgnoringNewLines("WARN a.log - Junit4Test was not checked");
    }

    @Test
    void only_the_log_that_Quarkus_brings_is_ever_shut() {
        assertThat(ShutLog.isShut(LoggerFactory.getLogger("another.log"))).isFalse();
        assertThat(ShutLog.isEmpty(new Passing())).isTrue();
        assertThat(ShutLog.isEmpty(new Passing("console"))).isFalse();
        assertThat(ShutLog.isEmpty("no handler")).isFalse();
    }

    /** Stands for the handler of Quarkus, which shows records by the handlers in it. */
    public static final class Passing {

        private final Object[] handlers;

        Passing(Object... handlers) {
            this.handlers = handlers.clone();
        }

        public Object[] getHandlers() {
            return handlers.clone();
        }
    }
}
