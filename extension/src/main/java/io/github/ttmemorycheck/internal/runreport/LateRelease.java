package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryTotals;

/**
 * Memory that one test left and that was freed while another ran.
 *
 * @param holder the test or class that left it
 * @param during the test or class during which it was freed
 * @param freed how much, per device and kind
 */
public record LateRelease(Subject holder, Subject during, MemoryTotals freed) {}
