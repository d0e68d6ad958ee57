package io.github.ttmemorycheck.bench;

import java.io.IOException;
import java.util.List;

/** One part of the measurements, with everything that its ratios need. */
@FunctionalInterface
interface Part {

    /** Measures; takes minutes at most. */
    List<Row> measure(Workplace place) throws IOException, InterruptedException;
}
