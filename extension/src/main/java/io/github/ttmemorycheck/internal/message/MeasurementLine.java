package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.text.Wrapping;
import io.github.ttmemorycheck.report.Measurement;
import java.util.List;

/** How it was measured: {@code settled for 1 s, GC forced twice; embedded tracker, /tmp/x.sock}. */
final class MeasurementLine {

    private MeasurementLine() {}

    static List<String> lines(Measurement measurement) {
        String settled = measurement.settled().isZero()
                ? "measured at once"
                : "settled for " + Wording.time(measurement.settled());
        String collected = measurement.collections() == 0
                ? "no GC forced"
                : "GC forced " + Wording.times(measurement.collections());
        String note = measurement.collectionNote().isBlank() ? "" : " (" + measurement.collectionNote() + ")";
        return Wrapping.hanging(
                Wrapping.INDENT, PlainText.escape(settled + ", " + collected + note + "; " + measurement.tracker()));
    }
}
