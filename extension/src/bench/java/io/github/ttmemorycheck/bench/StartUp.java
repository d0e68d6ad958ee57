package io.github.ttmemorycheck.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How much later a JVM has run its first test when that is checked: whole processes, in turn. */
final class StartUp implements Part {

    private static final double MOST_NANOS = 300e6;

    @Override
    public List<Row> measure(Workplace place) throws IOException, InterruptedException {
        List<Double> bare = new ArrayList<>();
        List<Double> checked = new ArrayList<>();
        for (int i = 0; i <= place.length().processPairs(); i++) {
            double once = process(Fixtures.BareOnce.class);
            double again = process(Fixtures.CheckedOnce.class);
            // The first pair warms the file system.
            if (i > 0) {
                bare.add(once);
                checked.add(again);
            }
        }
        double later = Median.of(checked) - Median.of(bare);
        return List.of(new Row(
                "start-up: how much longer a process with one checked test takes",
                Row.time(later),
                "with one bare test " + Row.time(Median.of(bare)) + " (" + bare.size() + " pairs)",
                Row.times(later / Median.of(bare)),
                Row.aim("≤ 300 ms", later <= MOST_NANOS)));
    }

    private static double process(Class<?> tests) throws IOException, InterruptedException {
        String socket = Workplace.socket().toString();
        long begun = System.nanoTime();
        Programs.run(Programs.java(StartUpRun.class, List.of(), tests.getName(), socket));
        return System.nanoTime() - begun;
    }
}
