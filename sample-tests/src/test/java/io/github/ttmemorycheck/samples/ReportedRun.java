package io.github.ttmemorycheck.samples;

import static org.junit.platform.launcher.EngineFilter.includeEngines;

import io.github.ttmemorycheck.TtMemoryCheckSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Samples, green and leaking, run by a launcher as a build tool runs them, with a report. */
final class ReportedRun {

    private ReportedRun() {}

    /** Runs all samples, and returns the page of the report. */
    static Path into(Path directory) throws IOException {
        return into(directory, samples());
    }

    /** Runs samples, and returns the page of the report. */
    static Path into(Path directory, List<Class<?>> samples) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(samples.stream().map(DiscoverySelectors::selectClass).toList())
                .filters(includeEngines("junit-jupiter"))
                .configurationParameter(TtMemoryCheckSettings.REPORT_DIRECTORY, directory.toString())
                .configurationParameter(TtMemoryCheckSettings.SETTLE, "20ms")
                .build();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request);
        }
        return directory.resolve("index.html").toAbsolutePath();
    }

    private static List<Class<?>> samples() {
        return ReflectionSupport.findAllClassesInPackage(
                        ReportedRun.class.getPackageName(),
                        type -> type.isAnnotationPresent(Shows.class) && type.getEnclosingClass() == null,
                        name -> true)
                .stream()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }
}
