package io.github.ttmemorycheck.internal.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often the rule for growth is wrong on made-up series, beside the rule that every repetition must grow. The page
 * about growth shows what is computed here.
 */
class GrowthRatesTests {

    private static final Path PAGE = Path.of("..", "docs", "growth.md");
    private static final String TABLE = "<!-- rates -->";
    private static final int SERIES = 2_000;
    private static final int[] REPETITIONS = {12, 24, 48};
    private static final int WARMUPS = 1;
    private static final long STEP = 64;

    /** Makes what each repetition adds. */
    private interface Source {
        long[] deltas(int repetitions, Random random);
    }

    /**
     * A kind of series.
     *
     * @param what it is, as the page says
     * @param leak whether it is to be found
     * @param ofPrograms whether what is added belongs to programs that the program caches count
     */
    private record Kind(String what, boolean leak, boolean ofPrograms, Source source) {}

    private static Kind leak(String what, Source source) {
        return new Kind("a leak that " + what, true, false, source);
    }

    private static Kind noLeak(String what, Source source) {
        return new Kind(what, false, false, source);
    }

    private static final List<Kind> KINDS = List.of(
            leak("adds as much each time", pausing(0, 1, 0)),
            leak("pauses in one of 50 repetitions", pausing(1, 50, 0)),
            leak("pauses in one of 12", pausing(1, 12, 0)),
            leak("pauses in one of 6", pausing(1, 6, 0)),
            leak("pauses in one of 3", pausing(1, 3, 0)),
            leak("gives back a quarter of a step in one of 12", pausing(1, 12, -STEP / 4)),
            noLeak("a cache that fills in one to all but one of the repetitions, then stays", (repetitions, random) -> {
                int steps = 1 + random.nextInt(repetitions - 1);
                return deltas(repetitions, at -> at < steps ? 1 : 0);
            }),
            noLeak("a cache that fills in one to 12 steps at any repetitions", (repetitions, random) -> {
                Set<Integer> steps = new HashSet<>();
                for (int left = 1 + random.nextInt(12); left > 0; left--) {
                    steps.add(random.nextInt(repetitions));
                }
                return deltas(repetitions, at -> steps.contains(at) ? 1 : 0);
            }),
            noLeak("a cache of half as many entries as repetitions, one used by each", drawing(1, 2)),
            noLeak("a cache of as many entries as repetitions", drawing(1, 1)),
            noLeak("a cache of twice as many entries", drawing(2, 1)),
            new Kind("a program cache of twice as many entries, and its memory", false, true, drawing(2, 1)),
            noLeak("what is held swings around a level", (repetitions, random) -> {
                long[] last = {random.nextInt(1_000)};
                return IntStream.range(0, repetitions)
                        .mapToLong(at -> {
                            long before = last[0];
                            last[0] = random.nextInt(1_000);
                            return last[0] - before;
                        })
                        .toArray();
            }),
            noLeak(
                    "a step up, a step down or none, by chance",
                    (repetitions, random) -> deltas(repetitions, at -> random.nextInt(3) - 1)));

    private static long[] deltas(int repetitions, ToIntFunction<Integer> steps) {
        return IntStream.range(0, repetitions)
                .mapToLong(at -> STEP * steps.applyAsInt(at))
                .toArray();
    }

    private static Source pausing(int of, int in, long pause) {
        return (repetitions, random) -> IntStream.range(0, repetitions)
                .mapToLong(at -> random.nextInt(in) < of ? pause : STEP)
                .toArray();
    }

    /** Each repetition uses an entry by chance, and adds it if none before it did. */
    private static Source drawing(int times, int by) {
        return (repetitions, random) -> {
            Set<Integer> filled = new HashSet<>();
            return deltas(repetitions, at -> filled.add(random.nextInt(repetitions * times / by)) ? 1 : 0);
        };
    }

    private static List<Repetition> repetitions(long[] deltas, boolean ofPrograms) {
        List<Repetition> repetitions = new ArrayList<>();
        long held = 1 << 20;
        long programs = 0;
        for (long delta : deltas) {
            long after = ofPrograms && delta > 0 ? programs + 1 : programs;
            repetitions.add(new Repetition(dram(held), dram(held + delta), MemoryTotals.NONE, programs, after, false));
            held += delta;
            programs = after;
        }
        return repetitions;
    }

    private static MemoryTotals dram(long bytes) {
        return MemoryTotals.builder().add(0, MemoryKind.DRAM, bytes).build();
    }

    private static boolean everyOneGrew(long[] deltas) {
        return IntStream.range(WARMUPS, deltas.length).allMatch(at -> deltas[at] > 0);
    }

    /** Returns the row of the table: how many of 100 series each rule is wrong about, for each number of repetitions. */
    private static String row(Kind kind) {
        StringBuilder row = new StringBuilder("| " + kind.what() + " |");
        for (int repetitions : REPETITIONS) {
            Random random = new Random(repetitions);
            int every = 0;
            int ours = 0;
            for (int series = 0; series < SERIES; series++) {
                long[] deltas = kind.source().deltas(repetitions, random);
                every += everyOneGrew(deltas) == kind.leak() ? 0 : 1;
                boolean grew = new Growth(WARMUPS, 0, true)
                        .judge(device -> true, repetitions(deltas, kind.ofPrograms())).stream()
                                .anyMatch(GrowthFinding.class::isInstance);
                ours += grew == kind.leak() ? 0 : 1;
            }
            row.append(percent(every)).append(percent(ours));
        }
        return row.toString();
    }

    private static String percent(int series) {
        return String.format(Locale.ROOT, " %.1f |", 100.0 * series / SERIES);
    }

    @Test
    void the_page_says_how_often_each_rule_is_wrong() throws IOException {
        List<String> documented = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals(TABLE))
                .skip(3)
                .takeWhile(line -> !line.isBlank())
                .toList();

        List<String> computed = KINDS.stream().map(GrowthRatesTests::row).toList();

        assertThat(documented).as(String.join("\n", computed)).isEqualTo(computed);
    }
}
