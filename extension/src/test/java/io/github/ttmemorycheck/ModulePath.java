package io.github.ttmemorycheck;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles and starts modules that require the library, in a folder, with a module path of chosen jars. */
record ModulePath(Path folder, List<String> jars) {

    /** From this version of Java on the JVM warns of native code of modules that it was not told of. */
    private static final int WARNS_OF_NATIVE_ACCESS = 24;

    /** What the library brings along, and a logger that prints. */
    static final List<String> INHERITED = List.of("junixsocket", "slf4j");

    /** What javac warned of or refused; empty when all went well. */
    record Compiled(boolean succeeded, String messages) {}

    /** How a JVM ended, and what it printed. */
    record Ended(int code, String output) {}

    /** Adds a source file of the module. */
    ModulePath with(String file, String text) throws IOException {
        Path source = folder.resolve("src").resolve(file);
        Files.createDirectories(source.getParent());
        Files.writeString(source, text);
        return this;
    }

    /** Compiles the module with every lint that javac has. */
    Compiled compile() throws IOException, URISyntaxException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(folder.resolve("src"))) {
            boolean succeeded = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-Xlint:all",
                                    "--module-path",
                                    path(),
                                    "-d",
                                    classes().toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(
                                    sources.filter(Files::isRegularFile).toList()))
                    .call();
            return new Compiled(succeeded, messages.toString());
        }
    }

    /** Starts {@code java} with the library, the jars and what was compiled as modules. */
    Ended java(String... arguments) throws IOException, InterruptedException, URISyntaxException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "--module-path",
                path() + File.pathSeparator + classes()));
        if (Runtime.version().feature() >= WARNS_OF_NATIVE_ACCESS) {
            command.add("--enable-native-access=org.newsclub.net.unix");
        }
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(50, TimeUnit.SECONDS)) {
                throw new AssertionError("it has not ended within 50 s; so far: " + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output).strip());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    /** The library, and the jars as our own class path has them. */
    private String path() throws URISyntaxException {
        Path library = Path.of(TtMemoryCheck.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Stream<String> chosen = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> {
                    String name = String.valueOf(Path.of(entry).getFileName());
                    return jars.stream().anyMatch(name::startsWith);
                });
        return Stream.concat(Stream.of(library.toString()), chosen).collect(Collectors.joining(File.pathSeparator));
    }
}
