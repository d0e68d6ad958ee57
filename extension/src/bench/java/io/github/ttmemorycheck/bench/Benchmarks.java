package io.github.ttmemorycheck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures all parts, or some, and writes the table of a page when it was all. */
final class Benchmarks {

    private static final String ALL = "all";

    private Benchmarks() {}

    /**
     * Takes the length ({@code short} or {@code long}), the parts ({@code all}, or names with commas between), a folder
     * for results, and the page.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("clean", new CleanTests());
        parts.put("everyday", new Everyday());
        parts.put("startup", new StartUp());
        parts.put("ingest", new Ingest());
        parts.put("scale", new Scale());
        parts.put("long", new LongSuite());
        boolean all = arguments[1].equals(ALL);
        List<String> chosen = all ? List.copyOf(parts.keySet()) : Arrays.asList(arguments[1].split(","));
        if (!parts.keySet().containsAll(chosen)) {
            throw new IllegalArgumentException("-Dbench.parts takes " + ALL + " or some of " + parts.keySet()
                    + " with commas between, not " + arguments[1]);
        }
        Path page = Path.of(arguments[3]).toAbsolutePath().normalize();
        Workplace place = new Workplace(
                Length.valueOf(arguments[0].toUpperCase(Locale.ROOT)),
                Files.createDirectories(Path.of(arguments[2])),
                page.resolve("../../extension/src/bench").normalize());
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            if (chosen.contains(part.getKey())) {
                List<Row> measured = part.getValue().measure(place);
                measured.forEach(row -> System.out.print(row.line()));
                rows.addAll(measured);
            }
        }
        System.out.println("Measured on: " + Machine.describe() + "\n\n" + Page.table(rows));
        if (all) {
            Page.write(page, Machine.describe(), rows);
        }
    }
}
