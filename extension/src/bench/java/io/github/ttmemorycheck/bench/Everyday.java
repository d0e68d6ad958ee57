package io.github.ttmemorycheck.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a check costs that stays on: where something is allowed to stay, on other sources, and in a fresh JVM. */
final class Everyday implements Part {

    private static final double MOST_NANOS = 60_000;
    private static final double MOST_OF_ALLOWED_NANOS = 200_000;
    private static final double MOST_OF_SHARED_NANOS = 100_000;
    private static final double MOST_OF_A_CLASS = 1.05;

    @Override
    public List<Row> measure(Workplace place) throws IOException, InterruptedException {
        int rounds = place.length().suiteRounds();
        Figures leaving = run(rounds, "leaving");
        Figures telling = run(rounds, "telling");
        Figures shared = run(rounds, "shared", "-Xms1g", "-Xmx1g");
        Figures compiling = run(rounds, "compiling");
        double compilingShare = compiling.of("checked") / compiling.of("bare");
        return List.of(
                row("test that leaves 12 KiB of L1 within its baseline", leaving, "allowed", MOST_OF_ALLOWED_NANOS),
                row("test that leaves 12 KiB of L1 as a known leak", leaving, "waived", MOST_OF_ALLOWED_NANOS),
                row("clean test, one device that lists its 100 live buffers", telling, "checked", MOST_NANOS),
                row(
                        "clean test, shared memory of 8 devices, heap of 1 GB",
                        shared,
                        "checked",
                        MOST_OF_SHARED_NANOS),
                fresh(rounds, Fixtures.THOUSAND),
                fresh(rounds, Fixtures.REPETITIONS),
                new Row(
                        "class of 20 tests whose programs take 50 ms each to compile, caches kept warm",
                        Row.time(compiling.of("checked")),
                        "the class without the check " + Row.time(compiling.of("bare")),
                        Row.times(compilingShare),
                        Row.aim("≤ 1.05", compilingShare <= MOST_OF_A_CLASS)));
    }

    private static Row row(String what, Figures figures, String name, double most) {
        double cost = figures.of(name) - figures.of("bare");
        return new Row(
                what + ": what the check adds",
                Row.time(cost),
                "the test without it " + Row.time(figures.of("bare")),
                Row.times(cost / figures.of("bare")),
                Row.aim("≤ " + Math.round(most / 1000) + " µs", cost <= most));
    }

    private static Row fresh(int rounds, int tests) throws IOException, InterruptedException {
        List<Double> bare = new ArrayList<>();
        List<Double> checked = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            bare.add(run(-tests, "fresh").of("mean"));
            checked.add(run(tests, "fresh").of("mean"));
        }
        double cost = Median.of(checked) - Median.of(bare);
        return new Row(
                "mean of the first " + Row.number(tests)
                        + " clean tests of a fresh JVM with 8 reporting processes, report included: what the check"
                        + " adds",
                Row.time(cost),
                "the tests without it " + Row.time(Median.of(bare)) + " (" + rounds + " pairs)",
                Row.times(cost / Median.of(bare)),
                Row.aim("≤ 60 µs", cost <= MOST_NANOS));
    }

    private static Figures run(int rounds, String what, String... options) throws IOException, InterruptedException {
        return Programs.figures(
                EverydayRun.class,
                List.of(options),
                what,
                Integer.toString(rounds),
                Workplace.socket().toString());
    }
}
