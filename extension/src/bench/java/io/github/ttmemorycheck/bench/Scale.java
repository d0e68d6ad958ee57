package io.github.ttmemorycheck.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What single questions cost, by JMH, with little and with very much that is live; and what that takes of the heap. */
final class Scale implements Part {

    private static final double FLAT = 2;
    private static final double SECOND = 1e9;
    private static final double SHARED_MEMORY_NANOS = 20_000;
    private static final double MOST_BYTES = 96;
    private static final double SITE_NANOS = 3_000;

    @Override
    public List<Row> measure(Workplace place) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        Figures live = run(place, MarkAndDiff.class, "live", "1000", "100000", "1000000");
        double least = live.of("markAndDiff 1000");
        for (String buffers : new String[] {"100000", "1000000"}) {
            double nanos = live.of("markAndDiff " + buffers);
            rows.add(new Row(
                    "mark and diff, 10 buffers left, " + Row.number(Double.parseDouble(buffers)) + " live",
                    Row.time(nanos),
                    "with 1,000 live " + Row.time(least),
                    Row.times(nanos / least),
                    Row.aim("≤ 2", nanos / least <= FLAT)));
        }
        Figures devices = run(place, MarkAndDiff.class, "devices", "8", "64");
        rows.add(new Row(
                "the same, 64 devices and 65 connections",
                Row.time(devices.of("markAndDiff 64")),
                "with 8 and 9 " + Row.time(devices.of("markAndDiff 8")),
                Row.times(devices.of("markAndDiff 64") / devices.of("markAndDiff 8")),
                ""));
        Figures idle = run(place, MarkAndDiff.class, "idle", "0", "247");
        rows.add(new Row(
                "the same, 8 devices and 256 connections",
                Row.time(idle.of("markAndDiff 247")),
                "with 9 " + Row.time(idle.of("markAndDiff 0")),
                Row.times(idle.of("markAndDiff 247") / idle.of("markAndDiff 0")),
                ""));
        rows.addAll(heap());
        rows.add(sites(place));
        Figures dump = run(place, FullDump.class, "", "");
        rows.add(new Row(
                "full dump of " + Row.number(FullDump.BUFFERS) + " buffers into a file",
                Row.time(dump.of("dump ")),
                "as many lines, written without looking anything up " + Row.time(dump.of("lines ")),
                Row.times(dump.of("dump ") / dump.of("lines ")),
                Row.aim("≤ 1 s", dump.of("dump ") <= SECOND)));
        Figures shared = run(place, SharedMemoryDiff.class, "processes", "1", "8");
        for (String processes : new String[] {"1", "8"}) {
            String with = processes + (processes.equals("1") ? " process" : " processes") + " on each";
            rows.add(sharedMemory("with " + with, shared.of("diff " + processes), shared.of("files " + processes)));
            rows.add(sharedMemory(
                    "with " + with + " that wrote since",
                    shared.of("diffAfterUse " + processes),
                    shared.of("files " + processes)));
        }
        return rows;
    }

    private static Row sharedMemory(String what, double nanos, double files) {
        return new Row(
                "shared memory: snapshot and diff of 8 devices, " + what,
                Row.time(nanos),
                "reading the 8 files " + Row.time(files),
                Row.times(nanos / files),
                Row.aim("≤ 20 µs", nanos <= SHARED_MEMORY_NANOS));
    }

    private static List<Row> heap() throws IOException, InterruptedException {
        double bytes =
                Programs.figures(HeapRun.class, List.of("-Xmx2g"), "buffer").of("buffer");
        double entry =
                Programs.figures(HeapRun.class, List.of("-Xmx2g"), "entry").of("entry");
        double site =
                Programs.figures(HeapRun.class, List.of("-Xmx2g"), "site").of("site");
        return List.of(new Row(
                "heap for each of " + Row.number(FullDump.BUFFERS) + " live buffers",
                Row.number(bytes) + " bytes",
                "an entry of a `HashMap<Long, Long>` " + Row.number(entry) + " bytes",
                Row.times(bytes / entry),
                        Row.aim("≤ 96 bytes", bytes <= MOST_BYTES)),
                new Row(
                        "heap for where each of them was allocated",
                        Row.number(site) + " bytes",
                        "an entry of a `HashMap<Long, Long>` " + Row.number(entry) + " bytes",
                        Row.times(site / entry),
                        Row.aim("≤ 96 bytes", site <= MOST_BYTES)));
    }

    private static Row sites(Workplace place) throws IOException {
        Figures deep = run(place, DeepAllocation.class, "sites", "on", "off");
        double off = deep.of("allocateAndFree off");
        double more = deep.of("allocateAndFree on") - off;
        return new Row(
                "recording where a buffer is allocated, " + DeepAllocation.FRAMES + " frames deep, until it is freed",
                Row.time(more),
                "the same calls without it " + Row.time(off),
                Row.times(more / off),
                Row.aim("≤ 3 µs", more <= SITE_NANOS));
    }

    /** Returns the nanoseconds of each benchmark of a class, by its name and the value of the parameter. */
    private static Figures run(Workplace place, Class<?> benchmarks, String parameter, String... values)
            throws IOException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(place.length().iterations())
                .measurementTime(TimeValue.milliseconds(500))
                .shouldFailOnError(true)
                .jvmArgsAppend("-Xmx3g");
        Options chosen = parameter.isEmpty()
                ? options.build()
                : options.param(parameter, values).build();
        Collection<RunResult> results;
        try {
            results = new Runner(chosen).run();
        } catch (RunnerException e) {
            throw new IOException(e);
        }
        Map<String, Double> nanos = new TreeMap<>();
        for (RunResult result : results) {
            String value = parameter.isEmpty() ? "" : result.getParams().getParam(parameter);
            nanos.put(
                    result.getPrimaryResult().getLabel() + " " + value,
                    result.getPrimaryResult().getScore());
        }
        return new Figures(nanos);
    }
}
