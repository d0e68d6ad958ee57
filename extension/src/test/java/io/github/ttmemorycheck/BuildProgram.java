package io.github.ttmemorycheck;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A build tool, as far as the report can tell: started with the name of Maven's main class, it runs {@link
 * ReportProgram} in two JVMs at once, {@code <main class of Maven> <report directory> <class> <class>}, a class in
 * each, and waits for both.
 */
final class BuildProgram {

    static final String MAVEN = "org.codehaus.plexus.classworlds.launcher.Launcher";

    private BuildProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Process> forks = new ArrayList<>();
        for (String type : List.of(arguments).subList(2, arguments.length)) {
            forks.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-D" + TtMemoryCheckSettings.SOCKET + "=" + arguments[1] + forks.size(),
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ReportProgram.class.getName(),
                            arguments[1],
                            type)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        for (Process fork : forks) {
            fork.waitFor();
        }
    }
}
