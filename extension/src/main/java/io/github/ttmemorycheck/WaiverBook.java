package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.runreport.WaiverUse;
import io.github.ttmemorycheck.leak.Waiver;
import io.github.ttmemorycheck.leak.Waivers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;

/** What became of each waiver during the run. Thread-safe. */
final class WaiverBook {

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

    /** Notes what a judgement made of the waivers in force; one of a test that failed by itself does not make a leak gone. */
    synchronized void judged(Collection<Waiver> waivers, Waivers applied, boolean sound) {
        for (Waiver waiver : waivers) {
            State now = applied.used().contains(waiver)
                    ? State.USED
                    : !applied.objections().isEmpty() ? State.REFUSED : sound ? State.UNUSED : State.STATED;
            states.merge(waiver, now, (known, other) -> known.compareTo(other) >= 0 ? known : other);
        }
    }

    /** Returns what a test or class is told whose known leak is gone. */
    synchronized Optional<AssertionFailedError> gone(String subject, List<Waiver> waivers) {
        return waivers.stream()
                .filter(waiver -> states.get(waiver) == State.UNUSED)
                .findFirst()
                .map(waiver -> new AssertionFailedError(subject + " no longer leaks what is known and waived\n\n"
                        + "  waiver:   " + waiver.annotation() + "\n"
                        + "  on:       " + waiver.place() + "\n"
                        + "  to fix:   remove the annotation, so that the leak cannot come back unseen"));
    }

    /** Tells what became of all of them, for the report of the run. */
    synchronized List<WaiverUse> uses() {
        return states.entrySet().stream()
                .map(entry -> new WaiverUse(
                        entry.getKey().annotation(),
                        entry.getKey().place(),
                        switch (entry.getValue()) {
                            case USED -> "used";
                            case REFUSED -> "refused";
                            case UNUSED -> "unused";
                            case STATED -> "not-judged";
                        }))
                .toList();
    }

    /** Tells what became of all of them, a line each. */
    synchronized List<String> summary() {
        return states.entrySet().stream()
                .map(entry -> switch (entry.getValue()) {
                    case USED -> "known leak, waived: " + entry.getKey();
                    case REFUSED -> "known leak, but the waiver did not let it pass: " + entry.getKey();
                    case UNUSED -> "waiver without a leak: " + entry.getKey();
                    case STATED -> "waiver not judged, its tests did not run to their end: " + entry.getKey();
                })
                .toList();
    }
}
