package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.leak.Waiver;
import io.github.ttmemorycheck.internal.leak.Waivers;
import io.github.ttmemorycheck.internal.runreport.WaiverUse;
import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.report.Verdict;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of each waiver during the run. Thread-safe. */
public final class WaiverBook {

    private enum State {
        STATED,
        UNUSED,
        REFUSED,
        USED
    }

    private final Map<Waiver, State> states = new LinkedHashMap<>();

    /** Notes that waivers are in force somewhere. */
    synchronized void state(Collection<Waiver> waivers) {
        waivers.forEach(waiver -> states.putIfAbsent(waiver, State.STATED));
    }

    /**
     * Notes what a judgement made of the waivers in force; one of a test that failed by itself does not make a leak
     * gone.
     */
    public synchronized void judged(Collection<Waiver> waivers, Waivers applied, boolean sound) {
        for (Waiver waiver : waivers) {
            State now = applied.used().contains(waiver)
                    ? State.USED
                    : refused(waiver, applied) ? State.REFUSED : sound ? State.UNUSED : State.STATED;
            states.merge(waiver, now, (known, other) -> known.compareTo(other) >= 0 ? known : other);
        }
    }

    /** A leak that it is about, and that it does not let pass, may be waived by another one. */
    private static boolean refused(Waiver waiver, Waivers applied) {
        return !applied.objections().isEmpty()
                && applied.findings().stream()
                        .filter(finding -> finding.verdict() == Verdict.KNOWN || finding.verdict() == Verdict.LEAKED)
                        .anyMatch(finding -> waiver.isAbout(finding.withVerdict(Verdict.LEAKED)));
    }

    /** Returns what a test or class is told when its known leaks are gone. */
    synchronized Optional<String> gone(String subject, List<Waiver> waivers) {
        List<Waiver> unused = waivers.stream()
                .filter(waiver -> states.get(waiver) == State.UNUSED)
                .toList();
        if (unused.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(subject + " no longer leaks what is known and waived\n\n");
        for (Waiver waiver : unused) {
            text.append("  waiver:   ")
                    .append(PlainText.escape(waiver.annotation()))
                    .append("\n  on:       ")
                    .append(waiver.place())
                    .append('\n');
        }
        text.append("  to fix:   remove ")
                .append(unused.size() == 1 ? "the annotation" : "the annotations")
                .append(", so that the leak cannot come back unseen");
        return Optional.of(text.toString());
    }

    /** Returns what became of all of them, for the report of the run. */
    public synchronized List<WaiverUse> uses() {
        return states.entrySet().stream()
                .map(entry -> new WaiverUse(
                        entry.getKey().annotation(),
                        entry.getKey().className(),
                        entry.getKey().method(),
                        switch (entry.getValue()) {
                            case USED -> "used";
                            case REFUSED -> "refused";
                            case UNUSED -> "unused";
                            case STATED -> "not-judged";
                        }))
                .toList();
    }

    /** Returns what became of all of them, a line each. */
    synchronized List<String> summary() {
        return states.entrySet().stream()
                .map(entry -> switch (entry.getValue()) {
                    case USED ->
                        "known leak, waived: " + PlainText.escape(entry.getKey().toString());
                    case REFUSED ->
                        "known leak, but the waiver did not let it pass: "
                                + PlainText.escape(entry.getKey().toString());
                    case UNUSED ->
                        "waiver without a leak: "
                                + PlainText.escape(entry.getKey().toString());
                    case STATED ->
                        "waiver not judged, its tests did not run to their end: "
                                + PlainText.escape(entry.getKey().toString());
                })
                .toList();
    }
}
