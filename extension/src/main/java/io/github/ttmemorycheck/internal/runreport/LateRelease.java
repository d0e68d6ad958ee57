package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.report.Subject;
import io.github.ttmemorycheck.snapshot.MemoryTotals;

/** Memory that one test left and that was freed while another ran. */
public record LateRelease(Subject holder, Subject during, MemoryTotals freed) {}
