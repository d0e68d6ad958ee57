package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Settings that are not allowed: the class fails before its first test. You see green, and what it is told. */
@Timeout(60)
class RefusedSettingTests {

    private static final String MISSPELT = TtMemoryCheckSettings.PREFIX + "setle";

    @Test
    void a_value_that_is_not_allowed_is_refused() throws IOException {
        SampleRun run = SampleRun.of(ReadmeTests.class, Map.of(TtMemoryCheckSettings.GC, "sometimes"));

        Golden.check("files/refused-value.txt", run.messages());
    }

    @Test
    void a_name_that_does_not_exist_is_refused_with_the_nearest_one() throws IOException {
        // The kit does not tell the names of its parameters, only the launcher does, so this one is a system property.
        System.setProperty(MISSPELT, "500ms");
        try {
            String message = SampleRun.of(ReadmeTests.class).messages();
            Golden.check("files/unknown-setting.txt", message.replaceFirst("(?s)(?<=all settings: ).+", "...\n"));
        } finally {
            System.clearProperty(MISSPELT);
        }
    }
}
