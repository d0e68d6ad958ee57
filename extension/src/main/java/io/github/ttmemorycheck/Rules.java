package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.leak.Baseline;
import io.github.ttmemorycheck.internal.leak.Waiver;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test or class is judged by, read from its annotations, the configuration and the recorded baseline. The same for all
 * repetitions of a test, so that annotations are searched once for a method and not for each of its invocations.
 *
 * @param baseline what may be left
 * @param attributes of the check
 * @param waivers in force, the most specific first
 * @param methodWaivers those stated on the test method
 */
record Rules(Baseline baseline, CheckAttributes attributes, List<Waiver> waivers, List<Waiver> methodWaivers) {

    /** What tells rules apart within a run. */
    record Key(Class<?> type, @Nullable Method method, CheckConfiguration code) {

        static Key of(ExtensionContext context, CheckConfiguration code) {
            return new Key(
                    context.getRequiredTestClass(), context.getTestMethod().orElse(null), code);
        }
    }

    /** Reads the rules; a mistake in them is thrown here, before the test runs. */
    static Rules read(Run run, ExtensionContext context, CheckConfiguration code) {
        return new Rules(
                BaselineReader.of(
                        context,
                        code,
                        run.recorded().level(context).stream().toList(),
                        run.settings().baseline()),
                CheckAttributes.of(context, code),
                WaiverReader.of(context),
                WaiverReader.onMethod(context));
    }
}
