package io.github.ttmemorycheck.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.support.ReflectionSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every sample that leaks, and holds its whole messages against {@code leaks/<class>.txt}; and some that only log
 * something against {@code logs/<class>.txt}.
 */
@Timeout(60)
class LeakMessageTests {

    private static final Logger LOG = LoggerFactory.getLogger(LeakMessageTests.class);

    @ParameterizedTest
    @MethodSource("leaks")
    void a_leak_fails_with_the_message_of_its_golden_file(Class<?> leak) throws IOException {
        SampleRun run = SampleRun.of(leak);

        assertThat(run.failures()).isNotEmpty();
        Golden.check("leaks/" + leak.getSimpleName() + ".txt", run.messages());
        String shows = leak.getAnnotation(Shows.class).value();
        LOG.info("checked on a SIMULATED mesh: {} - {}: fails, as it must, and says so", leak.getSimpleName(), shows);
    }

    /** What is no failure, but worth a line. */
    @ParameterizedTest
    @ValueSource(classes = {GarbageTests.class, IdleLogTests.class, KnownLeakUsedTests.class, LateReleaseTests.class})
    void what_is_only_worth_a_line_is_logged_as_in_its_golden_file(Class<?> sample) throws IOException {
        SampleRun run = SampleRun.of(sample);

        assertThat(run.failures()).isEmpty();
        Golden.check("logs/" + sample.getSimpleName() + ".txt", run.log());
    }

    @Test
    void every_leaking_sample_has_the_tag_that_keeps_it_out_of_the_build() {
        assertThat(leaks()).hasSizeGreaterThanOrEqualTo(26);
        assertThat(leaks())
                .filteredOn(leak -> !"leaks".equals(tag(leak)))
                .as("without the tag")
                .isEmpty();
    }

    private static String tag(Class<?> leak) {
        return leak.isAnnotationPresent(Tag.class)
                ? leak.getAnnotation(Tag.class).value()
                : "";
    }

    /** Returns the top-level classes of this package that are named as leaks. */
    static List<Class<?>> leaks() {
        return ReflectionSupport.findAllClassesInPackage(
                        LeakMessageTests.class.getPackageName(),
                        type -> type.getEnclosingClass() == null,
                        name -> name.endsWith("LeakTests"))
                .stream()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }
}
