/**
 * What the checks cost, measured. {@link io.github.ttmemorycheck.bench.Benchmarks} runs every part, each in processes
 * of its own, and writes the table of {@code docs/performance.md}.
 */
@NullMarked
package io.github.ttmemorycheck.bench;

import org.jspecify.annotations.NullMarked;
