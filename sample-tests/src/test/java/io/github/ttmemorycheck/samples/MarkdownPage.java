package io.github.ttmemorycheck.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation.
 *
 * @param path where it is
 * @param prose its lines outside the blocks
 * @param blocks its blocks of code and output
 */
record MarkdownPage(Path path, List<String> prose, List<CodeBlock> blocks) {

    private static final String FENCE = "```";
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    static MarkdownPage read(Path path) throws IOException {
        List<String> prose = new ArrayList<>();
        List<CodeBlock> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(path);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                prose.add(lines.get(i));
                continue;
            }
            int opening = i;
            StringBuilder text = new StringBuilder();
            for (i++; i < lines.size() && !lines.get(i).equals(FENCE); i++) {
                text.append(lines.get(i)).append('\n');
            }
            blocks.add(new CodeBlock(
                    opening + 1,
                    lines.get(opening).substring(FENCE.length()).strip(),
                    opening == 0 ? "" : lines.get(opening - 1).strip(),
                    text.toString()));
        }
        return new MarkdownPage(path, prose, blocks);
    }

    /** Returns the targets of its links to files, from its own folder, and to its own headings. */
    List<String> links() {
        return prose.stream()
                .flatMap(line -> LINK.matcher(line).results())
                .map(found -> found.group(1))
                .filter(target -> !target.contains("://"))
                .toList();
    }

    /** Returns the titles of its sections. */
    List<String> sections() {
        return prose.stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3).strip())
                .toList();
    }

    boolean hasAnchor(String name) {
        return prose.stream()
                .filter(line -> line.startsWith("#"))
                .map(MarkdownPage::anchor)
                .anyMatch(name::equals);
    }

    private static String anchor(String heading) {
        Matcher other = Pattern.compile("[^a-z0-9 _-]").matcher(heading.toLowerCase(Locale.ROOT));
        return other.replaceAll("").strip().replace(' ', '-');
    }

    /** Names the page by its file. */
    @Override
    public String toString() {
        return path.getFileName().toString();
    }
}
