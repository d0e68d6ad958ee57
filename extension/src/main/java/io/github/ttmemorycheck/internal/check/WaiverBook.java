package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.internal.leak.Waiver;
import io.github.ttmemorycheck.internal.leak.Waivers;
import io.github.ttmemorycheck.internal.runreport.WaiverUse;
import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.report.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of each waiver during the run. Thread-safe. */
public final class WaiverBook {

    /** Later ones win: a waiver that was used once was not in vain. */
    private enum State {
        STATED("not-judged", "waiver not judged, its tests did not run to their end"),
        UNUSED("unused", "waiver without a leak"),
        REFUSED("refused", "known leak, but the waiver did not let it pass"),
        USED("used", "known leak, waived");

        private final String word;
        private final String text;

        State(String word, String text) {
            this.word = word;
            this.text = text;
        }
    }

    private final Map<Waiver, State> states = new LinkedHashMap<>();
    private final Set<Waiver> inPart = new HashSet<>();

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

    /** Notes that not all ran to its end that these waivers cover: those without a leak are not judged by that. */
    synchronized void ranInPart(Collection<Waiver> waivers) {
        inPart.addAll(waivers);
    }

    private State state(Waiver waiver, State state) {
        return state == State.UNUSED && inPart.contains(waiver) ? State.STATED : state;
    }

    /** A waiver is refused where a leak that it is about did not pass, even if another waiver lets that leak pass. */
    private static boolean refused(Waiver waiver, Waivers applied) {
        return !applied.objections().isEmpty()
                && applied.findings().stream()
                        .filter(finding -> finding.verdict() == Verdict.KNOWN || finding.verdict() == Verdict.LEAKED)
                        .anyMatch(finding -> waiver.isAbout(finding.withVerdict(Verdict.LEAKED)));
    }

    /** Says which known leaks of a test or class are gone, if any are. */
    synchronized Optional<String> gone(String subject, List<Waiver> waivers) {
        List<Waiver> unused = waivers.stream()
                .filter(waiver -> states.get(waiver) == State.UNUSED)
                .toList();
        if (unused.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(subject + " no longer leaks what is known and waived\n\n");
        for (Waiver waiver : unused) {
            text.append(
                    "  waiver:   " + PlainText.escape(waiver.annotation()) + "\n  on:       " + waiver.place() + "\n");
        }
        String annotations = unused.size() == 1 ? "the annotation" : "the annotations";
        return Optional.of(text + "  to fix:   remove " + annotations + ", so that the leak cannot come back unseen");
    }

    /** Returns what became of all of them, for the report of the run. */
    public synchronized List<WaiverUse> uses() {
        List<WaiverUse> uses = new ArrayList<>();
        states.forEach((waiver, state) -> uses.add(new WaiverUse(waiver, state(waiver, state).word)));
        return uses;
    }

    /** Returns what became of all of them, a line each. */
    synchronized List<String> summary() {
        List<String> lines = new ArrayList<>();
        states.forEach(
                (waiver, state) -> lines.add(state(waiver, state).text + ": " + PlainText.escape(waiver.toString())));
        return lines;
    }
}
