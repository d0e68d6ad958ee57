package io.github.ttmemorycheck.bench;

import io.github.ttmemorycheck.tracker.AllocationServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a check adds to a test that leaves nothing, beside what people do today to look for leaks. */
final class CleanTests implements Part {

    private static final double MOST_NANOS = 60_000;
    private static final double TIMES_THE_SLEEPING = 15_000;
    private static final double TIMES_THE_OTHER = 50;
    private static final double SHARE_OF_A_COLLECTION = 1.1;
    private static final double ROUND_TRIPS = 10;
    private static final int SLEEPING = 3;
    private static final int AWAKE = 200;

    /**
     * How long collections take varies by more than what is looked for, and from second to second: so many short pairs.
     */
    private static final int COLLECTING = 20;

    @Override
    public List<Row> measure(Workplace place) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        Figures embedded = run(place.length().suiteRounds(), "embedded", Workplace.socket());
        double cost = embedded.of("checked") - embedded.of("bare");
        rows.add(new Row(
                "clean test, 8 devices, embedded tracker: what the check adds",
                Row.time(cost),
                "the test without it " + Row.time(embedded.of("bare")),
                Row.times(cost / embedded.of("bare")),
                Row.aim("≤ 60 µs", cost <= MOST_NANOS)));
        double inUse = embedded.of("checkedInUse") - embedded.of("bareInUse");
        rows.add(new Row(
                "the same, where the test allocates and frees on each device",
                Row.time(inUse),
                "the test without it " + Row.time(embedded.of("bareInUse")),
                Row.times(inUse / embedded.of("bareInUse")),
                ""));
        fixture(place, cost, rows);
        rows.add(collection(place));
        rows.add(server(place));
        return rows;
    }

    private static Figures run(int rounds, String what, Path socket) throws IOException, InterruptedException {
        return Programs.figures(
                CleanTestsRun.class, List.of(), what, Integer.toString(rounds), socket.toString());
    }

    /** The fixture of a Python suite: what is measured around its own sleep, and without it. */
    private static void fixture(Workplace place, double cost, List<Row> rows) throws IOException, InterruptedException {
        String what = "the same check against a Python fixture: collect, clear, collect, ";
        if (!Programs.exists("python3")) {
            rows.add(Row.missing(what + "dump", "there is no python3 here"));
            return;
        }
        try (AllocationServer server = AllocationServer.start(Workplace.socket())) {
            double sleeping = python(place, server, SLEEPING, "1");
            double awake = python(place, server, AWAKE, "0");
            rows.add(new Row(
                    what + "sleep 1 s, dump",
                    Row.time(cost),
                    "the fixture " + Row.time(sleeping) + " (" + SLEEPING + " repetitions)",
                    "1 / " + Row.times(sleeping / cost),
                    Row.aim("≤ 1 / 15,000", sleeping / cost >= TIMES_THE_SLEEPING)));
            rows.add(new Row(
                    what + "dump, without the sleep",
                    Row.time(cost),
                    "the fixture " + Row.time(awake) + " (" + AWAKE + " repetitions)",
                    "1 / " + Row.times(awake / cost),
                    Row.aim("≤ 1 / 50", awake / cost >= TIMES_THE_OTHER)));
        }
    }

    private static double python(Workplace place, AllocationServer server, int repetitions, String seconds)
            throws IOException, InterruptedException {
        return Double.parseDouble(Programs.run(
                        "python3",
                        place.sources().resolve("python").resolve("fixture.py").toString(),
                        server.socket().toString(),
                        Integer.toString(repetitions),
                        seconds)
                .get(0));
    }

    private static Row collection(Workplace place) throws IOException, InterruptedException {
        int rounds = COLLECTING * place.length().suiteRounds();
        Figures figures = run(rounds, "collection", Workplace.socket());
        double share = figures.of("share");
        return new Row(
                "clean test with `gc=always`",
                Row.time(figures.of("checked")),
                "a bare test and one `System.gc()` " + Row.time(figures.of("bare")),
                Row.times(share) + " (median of " + rounds + " pairs)",
                Row.aim("≤ 1.10", share <= SHARE_OF_A_COLLECTION));
    }

    private static Row server(Workplace place) throws IOException, InterruptedException {
        String what = "clean test, 8 devices, `tracker=server` that knows totals only, `gc=never`: what the check adds";
        Path sink = place.compiled("sink").orElse(null);
        if (sink == null) {
            return Row.missing(what, "there is no gcc here to compile a server");
        }
        Path socket = Workplace.socket();
        try (Programs.Running answering = Programs.start(sink.toString(), socket.toString(), "answer")) {
            answering.line();
            Figures figures = run(place.length().suiteRounds(), "server", socket);
            double cost = figures.of("checked") - figures.of("bare");
            // As seldom as a test asks, a question costs more than in a loop: both programs have to be woken for it.
            double trip = figures.of("asking") - figures.of("bare");
            return new Row(
                    what,
                    Row.time(cost),
                    "what one round trip adds " + Row.time(trip),
                    Row.times(cost / trip),
                    Row.aim("≤ 10", cost / trip <= ROUND_TRIPS));
        }
    }
}
