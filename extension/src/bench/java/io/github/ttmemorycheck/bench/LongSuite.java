package io.github.ttmemorycheck.bench;

import java.io.IOException;
import java.util.List;

/** Ten thousand checked tests in one JVM: whether the last cost what the first did, and what is left of them. */
final class LongSuite implements Part {

    private static final double FLAT = 1.1;

    @Override
    public List<Row> measure(Workplace place) throws IOException, InterruptedException {
        Figures figures = Programs.figures(
                LongSuiteRun.class, List.of(), Workplace.socket().toString());
        double first = figures.of("first");
        double last = figures.of("last");
        double heapBefore = figures.of("heapBefore");
        double heapAfter = figures.of("heapAfter");
        return List.of(
                new Row(
                        "10,000 checked tests in one JVM: a test of the last thousand",
                        Row.time(last),
                        "of the first thousand " + Row.time(first),
                        Row.times(last / first),
                        Row.aim("≤ 1.10", last / first <= FLAT)),
                new Row(
                        "heap after them and a full collection",
                        Row.number(heapAfter / 1024) + " KiB",
                        "after a first run of them " + Row.number(heapBefore / 1024) + " KiB",
                        Row.times(heapAfter / heapBefore),
                        Row.aim("flat", heapAfter / heapBefore <= FLAT)),
                new Row(
                        "threads and open files after them",
                        Row.number(figures.of("threadsAfter")) + " and "
                                + Row.number(figures.of("filesAfter")),
                        "before them " + Row.number(figures.of("threadsBefore")) + " and "
                                + Row.number(figures.of("filesBefore")),
                        "",
                        Row.aim(
                                "none left",
                                figures.of("threadsAfter") <= figures.of("threadsBefore")
                                        && figures.of("filesAfter")
                                                <= figures.of("filesBefore"))));
    }
}
