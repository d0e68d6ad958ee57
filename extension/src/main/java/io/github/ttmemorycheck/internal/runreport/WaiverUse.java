package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.leak.Waiver;

/**
 * What became of a waiver.
 *
 * @param state {@code used}, {@code unused}, {@code refused} or {@code not-judged}
 */
public record WaiverUse(Waiver waiver, String state) {}
