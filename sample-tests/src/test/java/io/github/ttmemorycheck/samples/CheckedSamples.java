package io.github.ttmemorycheck.samples;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a line for each sample class: what it shows, on which devices, and how its tests ended. Registered for the
 * launcher in {@code META-INF/services}. Not thread-safe: the samples run one after the other.
 */
public final class CheckedSamples implements TestExecutionListener {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedSamples.class);

    private final Map<String, Map<TestExecutionResult.Status, Integer>> outcomes = new LinkedHashMap<>();
    private Optional<TestPlan> plan = Optional.empty();

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = Optional.of(testPlan);
    }

    @Override
    public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
        Optional<TestIdentifier> sample = sampleOf(finished);
        if (sample.isEmpty()) {
            return;
        }
        Map<TestExecutionResult.Status, Integer> counts = outcomes.computeIfAbsent(
                sample.get().getUniqueId(), id -> new EnumMap<>(TestExecutionResult.Status.class));
        if (finished.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            counts.merge(result.getStatus(), 1, Integer::sum);
        }
        if (finished.equals(sample.get())) {
            Class<?> type = type(finished).orElseThrow();
            String shows = type.getAnnotation(Shows.class).value();
            LOG.info("checked on {}: {} - {}: {}", Meshes.kind(), type.getSimpleName(), shows, text(counts));
        }
    }

    /** Returns the sample class that a test or container belongs to, if any. */
    private Optional<TestIdentifier> sampleOf(TestIdentifier identifier) {
        Optional<TestIdentifier> sample = Optional.empty();
        Optional<TestIdentifier> at = Optional.of(identifier);
        while (at.isPresent()) {
            if (isSample(at.get())) {
                sample = at;
            }
            TestIdentifier child = at.get();
            at = plan.flatMap(tests -> tests.getParent(child));
        }
        return sample;
    }

    private static boolean isSample(TestIdentifier identifier) {
        return type(identifier)
                .filter(type -> type.isAnnotationPresent(Shows.class))
                .isPresent();
    }

    private static Optional<Class<?>> type(TestIdentifier identifier) {
        return identifier
                .getSource()
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getJavaClass());
    }

    private static String text(Map<TestExecutionResult.Status, Integer> counts) {
        StringBuilder text = new StringBuilder();
        counts.forEach((status, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(word(status)));
        return text.toString();
    }

    private static String word(TestExecutionResult.Status status) {
        return status == TestExecutionResult.Status.SUCCESSFUL
                ? "passed"
                : status.name().toLowerCase(Locale.ROOT);
    }
}
