package io.github.ttmemorycheck.bench;

import java.util.Arrays;
import java.util.List;

/** The middle one of some figures; of an even number, the lower of the two. */
final class Median {

    private Median() {}

    static double of(List<Double> figures) {
        return of(figures.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static double of(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
