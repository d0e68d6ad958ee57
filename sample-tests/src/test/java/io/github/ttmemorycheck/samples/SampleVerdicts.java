package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * A program that runs every sample on the tracker that its system properties set, and says a line for each: what became
 * of it.
 */
final class SampleVerdicts {

    static final String PASSES = "passes";

    private static final List<String> PASSED_ON = List.of(
            TtMemoryCheckSettings.TRACKER,
            TtMemoryCheckSettings.SOCKET,
            TtMemoryCheckSettings.SHM_DIRECTORY,
            TtMemoryCheckSettings.REPORT_DIRECTORY);

    /** A line of a sentence that goes on in the next one is longer than this. */
    private static final int LEAST_WRAPPED = 60;

    private static final int LEAST_FILLED = 90;

    private SampleVerdicts() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        PASSED_ON.forEach(key -> settings.put(key, System.getProperty(key)));
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (Class<?> sample : samples()) {
                // What leaks waits for this time; what is clean never waits.
                boolean leaks = sample.getSimpleName().endsWith("LeakTests");
                settings.put(TtMemoryCheckSettings.SETTLE, leaks ? "200ms" : "5s");
                String line = sample.getSimpleName() + "\t" + verdict(sample, SampleRun.run(sample, settings)) + "\n";
                out.write(line.getBytes(StandardCharsets.UTF_8));
            }
            out.write("end\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Returns the sample classes by name, a sample that leaks behind the one that does not. */
    static List<Class<?>> samples() {
        return ReflectionSupport.findAllClassesInPackage(
                        SampleVerdicts.class.getPackageName(),
                        type -> type.isAnnotationPresent(Shows.class),
                        name -> true)
                .stream()
                .sorted(Comparator.comparing(Class::getSimpleName))
                .toList();
    }

    private static String verdict(Class<?> sample, SampleRun run) {
        return run.failures().isEmpty()
                ? PASSES
                : run.failures().stream()
                        .map(failure -> sentence(sample, failure))
                        .distinct()
                        .collect(Collectors.joining("; "));
    }

    /** The first sentence of a message, which may be wrapped, without the name of the test. */
    private static String sentence(Class<?> sample, Throwable failure) {
        String text = failure instanceof AssertionError ? String.valueOf(failure.getMessage()) : failure.toString();
        List<String> lines = text.strip().lines().toList();
        StringBuilder sentence = new StringBuilder(lines.get(0));
        // A message of the check begins with the name of the test and goes on after a clause; any other is filled.
        int least = text.startsWith(sample.getSimpleName()) ? LEAST_WRAPPED : LEAST_FILLED;
        for (int next = 1; next < lines.size() && lines.get(next - 1).length() > least; next++) {
            sentence.append(' ').append(lines.get(next).strip());
        }
        return sentence.toString().replaceFirst("^" + sample.getSimpleName() + "[^ ]* ", "");
    }
}
