package io.github.ttmemorycheck.internal.runreport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a test stands in its source. A class does not say so; it is looked for where build tools keep sources, {@code
 * src/<any>/java} and the like below the working directory of the tests.
 *
 * @param file the file
 * @param line the number of the line, from 1
 */
public record SourceLine(Path file, int line) {

    private static final List<String> LANGUAGES = List.of("java", "kotlin", "groovy");
    private static final List<String> EXTENSIONS = List.of(".java", ".kt", ".groovy");

    /**
     * Looks for a test.
     *
     * @param type its class
     * @param method its method, or empty for the class
     * @param module the folder whose {@code src} holds it
     */
    public static Optional<SourceLine> find(Class<?> type, String method, Path module) {
        String name = type.getName();
        int nested = name.indexOf('$');
        String path = (nested < 0 ? name : name.substring(0, nested)).replace('.', '/');
        Path sources = module.resolve("src");
        if (!Files.isDirectory(sources)) {
            return Optional.empty();
        }
        try (Stream<Path> sets = Files.list(sources)) {
            return sets.sorted()
                    .flatMap(set -> LANGUAGES.stream().map(set::resolve))
                    .flatMap(root -> EXTENSIONS.stream().map(extension -> root.resolve(path + extension)))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .map(file -> new SourceLine(file, line(file, type.getSimpleName(), method)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static int line(Path file, String type, String method) {
        try {
            List<String> lines = Files.readAllLines(file);
            int ofClass = Math.max(1, first(lines, "\\b(class|record|interface)\\s+" + Pattern.quote(type) + "\\b"));
            return method.isEmpty()
                    ? ofClass
                    : Math.max(
                            ofClass,
                            first(lines.subList(ofClass - 1, lines.size()), declaration(method)) + ofClass - 1);
        } catch (IOException unreadable) {
            return 1;
        }
    }

    /** The name and an opening bracket, where it is not called on something: a call on nothing mostly follows its method. */
    private static String declaration(String method) {
        return "(?<![.\\w$])`?" + Pattern.quote(method) + "`?\\s*\\(";
    }

    private static int first(List<String> lines, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        for (int i = 0; i < lines.size(); i++) {
            if (wanted.matcher(lines.get(i)).find()) {
                return i + 1;
            }
        }
        return 0;
    }
}
