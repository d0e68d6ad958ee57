package io.github.ttmemorycheck.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds a block of a page against what its marker says that it quotes. */
final class Quotation {

    /** Where a file is that a marker names: the first of these that has it. */
    private static final List<Path> SOURCES = Stream.of(
                    "src/test/java/io/github/ttmemorycheck",
                    "src/test/java22/io/github/ttmemorycheck",
                    "src/main/java/io/github/ttmemorycheck",
                    "src/test")
            .map(Path::of)
            .toList();

    private static final Path EXPECTED = Path.of("src", "test", "resources");
    private static final Pattern SNIPPET = Pattern.compile("<!-- snippet: (\\S+\\.(?:java|h|c|py))#(\\w+) -->");
    private static final Pattern GOLDEN = Pattern.compile("<!-- golden: (\\S+\\.txt) -->");
    private static final Pattern PLACEHOLDER = Pattern.compile("<(?:pid|time|order|n|command)>");

    private Quotation() {}

    /** Returns what is wrong with a block; empty when it is quoted well, or need not quote anything. */
    static Optional<String> mistake(CodeBlock block) throws IOException {
        if (block.isExempt()) {
            return Optional.empty();
        }
        Matcher snippet = SNIPPET.matcher(block.marker());
        Matcher golden = GOLDEN.matcher(block.marker());
        if (snippet.matches()) {
            return inSource(block, snippet.group(1), snippet.group(2));
        }
        if (golden.matches()) {
            return inGolden(block, EXPECTED.resolve(golden.group(1)));
        }
        return Optional.of("has no marker in the line above it, such as <!-- snippet: samples/WeightsTests.java#tag -->"
                + " or <!-- golden: leaks/WeightsLeakTests.txt -->");
    }

    private static Optional<String> inSource(CodeBlock block, String name, String tag) throws IOException {
        Optional<Path> file = SOURCES.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .findFirst();
        if (file.isEmpty()) {
            return Optional.of("quotes " + name + ", which does not exist in any of " + SOURCES);
        }
        List<String> lines = Files.readAllLines(file.get());
        String comment = name.endsWith(".py") ? "# " : "// ";
        int begin = indexOf(lines, comment + "tag::" + tag + "[]");
        int end = indexOf(lines, comment + "end::" + tag + "[]");
        if (begin < 0 || end < begin) {
            return Optional.of("quotes the region '" + tag + "', which " + file.get() + " does not mark");
        }
        String region = lines.subList(begin + 1, end).stream()
                .filter(line -> !line.strip().startsWith(comment + "tag::")
                        && !line.strip().startsWith(comment + "end::"))
                .collect(Collectors.joining("\n"))
                .stripIndent();
        return block.text().equals(region + "\n")
                ? Optional.empty()
                : Optional.of("differs from the region '" + tag + "' of " + file.get() + ":\n" + region);
    }

    private static int indexOf(List<String> lines, String mark) {
        return lines.stream().map(String::strip).toList().indexOf(mark);
    }

    private static Optional<String> inGolden(CodeBlock block, Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.of("quotes " + file + ", which does not exist");
        }
        String expected = Files.readString(file);
        // What differs from run to run may stand as in a real run, with another number of spaces around it.
        String shown = spaced(VolatileText.normalized(block.text()));
        return pattern(spaced(expected)).matcher(shown).matches()
                ? Optional.empty()
                : Optional.of("differs from " + file + ":\n" + expected);
    }

    private static String spaced(String text) {
        return text.replaceAll("(?<=\\S) {2,}", " ");
    }

    private static Pattern pattern(String golden) {
        StringBuilder pattern = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(golden);
        int from = 0;
        while (placeholder.find()) {
            pattern.append(Pattern.quote(golden.substring(from, placeholder.start())))
                    .append("[^\\n]+?");
            from = placeholder.end();
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(golden.substring(from))).toString());
    }
}
