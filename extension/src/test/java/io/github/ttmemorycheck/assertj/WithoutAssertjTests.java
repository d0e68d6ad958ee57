package io.github.ttmemorycheck.assertj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever does not use AssertJ needs it neither to run nor to compile. */
@Timeout(60)
class WithoutAssertjTests {

    /** How many classes must load for it to mean anything; raised as the library grows. */
    private static final int CLASSES_AT_LEAST = 30;

    private static final List<String> WHAT_USERS_HAVE =
            List.of("junixsocket", "slf4j", "junit-jupiter-api", "junit-platform-", "opentest4j", "apiguardian");

    @TempDir
    private Path folder;

    @Test
    void every_other_class_of_the_library_loads() throws Exception {
        List<String> names = classesOutsideThisPackage();
        assertThat(names).hasSizeGreaterThanOrEqualTo(CLASSES_AT_LEAST);

        Result result = load(names);

        assertThat(result.output()).isEqualTo("loaded " + names.size());
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void the_classes_of_this_package_are_the_ones_that_do_not() throws Exception {
        Result result = load(List.of(SnapshotDiffAssert.class.getName()));

        assertThat(result.output()).contains("NoClassDefFoundError: org/assertj/core/api/AbstractAssert");
        assertThat(result.exitCode()).isNotZero();
    }

    @Test
    void a_module_that_requires_the_library_compiles() throws Exception {
        Path descriptor = Files.writeString(
                folder.resolve("module-info.java"), "module user { requires io.github.ttmemorycheck; }\n");
        Path user = Files.writeString(
                folder.resolve("User.java"),
                "package user; record User(io.github.ttmemorycheck.snapshot.MemorySnapshot held) {}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();

        boolean compiled;
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("--module-path", whatUsersHave(), "-d", folder.toString()),
                            null,
                            files.getJavaFileObjects(descriptor, user))
                    .call();
        }

        assertThat(messages.toString()).isEmpty();
        assertThat(compiled).isTrue();
    }

    private record Result(int exitCode, String output) {}

    private Result load(List<String> names) throws Exception {
        Path list = Files.write(folder.resolve("classes.txt"), names);
        Path output = folder.resolve("output.txt");
        String path = whatUsersHave() + File.pathSeparator + location(ClassLoading.class);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        path,
                        ClassLoading.class.getName(),
                        list.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
            return new Result(process.exitValue(), Files.readString(output).strip());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> classesOutsideThisPackage() throws IOException, URISyntaxException {
        Path classes = location(SnapshotDiffAssert.class);
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace(File.separatorChar, '.'))
                    .filter(name -> !name.startsWith(SnapshotDiffAssert.class.getPackageName() + "."))
                    .forEach(names::add);
        }
        return names;
    }

    /** The library and the jars a project with JUnit has, taken from our own class path. */
    private static String whatUsersHave() throws URISyntaxException {
        Stream<String> jars = Stream.concat(
                ofOurs(WHAT_USERS_HAVE), junitNeedsJspecify() ? ofOurs(List.of("jspecify")) : Stream.empty());
        return Stream.concat(Stream.of(location(SnapshotDiffAssert.class).toString()), jars)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** JUnit 6 has its users compile with JSpecify, and brings it along; JUnit 5 does neither. */
    private static boolean junitNeedsJspecify() throws URISyntaxException {
        return ModuleFinder.of(location(Test.class)).findAll().stream()
                .flatMap(module -> module.descriptor().requires().stream())
                .anyMatch(required -> required.name().equals("org.jspecify"));
    }

    private static Stream<String> ofOurs(List<String> jars) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> {
                    String jar = Path.of(entry).getFileName().toString();
                    return jars.stream().anyMatch(jar::startsWith);
                });
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
