package io.github.ttmemorycheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which package may use which, as {@code docs/architecture.md} draws it: lines such as {@code report -> snapshot}, of
 * which one package may have several, in the block below the marker.
 *
 * @param targets what each package may use; packages are named without the root, and the root is {@code root}
 */
record PackageArrows(Map<String, Set<String>> targets) {

    static final String ROOT = "root";

    private static final Path DOCUMENT = Path.of("..", "docs", "architecture.md");
    private static final String MARKER = "<!-- arrows -->";
    private static final String FENCE = "```";
    private static final Pattern ARROWS = Pattern.compile("([a-z.]+) +->((?: [a-z.]+,)* [a-z.]+)?");

    private static final Pattern DRAWN = Pattern.compile(" *([a-z.]+) {2,}\\S.*");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w+)`");

    static PackageArrows read() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        int marker = lines.indexOf(MARKER);
        if (marker < 0 || !lines.get(marker + 1).startsWith(FENCE)) {
            throw new IllegalStateException(DOCUMENT + " has no block below a line " + MARKER);
        }
        Map<String, Set<String>> targets = new TreeMap<>();
        for (String line : lines.subList(marker + 2, lines.size())) {
            if (line.equals(FENCE)) {
                return new PackageArrows(targets);
            }
            Matcher arrows = ARROWS.matcher(line);
            if (!arrows.matches()) {
                throw new IllegalStateException(DOCUMENT + ": '" + line + "' is no line such as 'report -> snapshot'");
            }
            Set<String> ofOne = targets.computeIfAbsent(arrows.group(1), unseen -> new TreeSet<>());
            if (arrows.group(2) != null) {
                ofOne.addAll(List.of(arrows.group(2).strip().split(", ")));
            }
        }
        throw new IllegalStateException(DOCUMENT + ": the block of arrows has no end");
    }

    /** Returns the rooms of the drawing, the first block of the document, from the top to the ground. */
    static List<String> roomsDrawn() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.startsWith(FENCE))
                .skip(1)
                .takeWhile(line -> !line.equals(FENCE))
                .map(line -> {
                    Matcher room = DRAWN.matcher(line);
                    if (!room.matches()) {
                        throw new IllegalStateException(DOCUMENT + ": '" + line + "' is no room and what it is for");
                    }
                    return room.group(1);
                })
                .toList();
    }

    /** Returns the classes that the text of the document names. */
    static List<String> classesNamed() throws IOException {
        return CLASS.matcher(Files.readString(DOCUMENT))
                .results()
                .map(name -> name.group(1))
                .distinct()
                .toList();
    }

    int count() {
        return targets.values().stream().mapToInt(Set::size).sum();
    }
}
