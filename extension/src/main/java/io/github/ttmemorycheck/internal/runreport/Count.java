package io.github.ttmemorycheck.internal.runreport;

import io.github.ttmemorycheck.internal.text.Wording;

/** What the report counts, in the order of the summary. A test that is run again counts once, by its last attempt. */
enum Count {
    /** Tests that were checked. */
    TESTS("tests", "test", "checked"),
    /** Tests that leaked. */
    LEAKED("leaked", "", "leaked"),
    /** Classes that leaked as a whole. */
    CLASSES_LEAKED("classesLeaked", "class", "leaked"),
    /** Tests that grew over their repetitions. */
    GREW("grew", "", "grew"),
    /** Tests and classes that could not be measured. */
    INCONCLUSIVE("inconclusive", "", "could not be measured"),
    /** Tests and classes whose leak is waived. */
    KNOWN("known", "known leak", ""),
    /** Tests and classes with a waiver that has no leak any more. */
    WAIVERS_GONE("waiversGone", "waiver", "without a leak"),
    /** How often memory was freed during a later test. */
    LATE_RELEASES("lateReleases", "late release", ""),
    /** Tests and classes that failed the check at first, and passed it when they were run again. */
    RECOVERED("recovered", "", "failed at first and passed when run again"),
    /** Tests that left something, all of it allowed. */
    WITHIN_BASELINE("withinBaseline", "", "left what is allowed");

    private final String member;
    private final String noun;
    private final String rest;

    Count(String member, String noun, String rest) {
        this.member = member;
        this.noun = noun;
        this.rest = rest;
    }

    /** Returns the name of its member in {@code report.json}. */
    String member() {
        return member;
    }

    /** For example {@code 1 class leaked} or {@code 3 leaked}. */
    String text(long number) {
        return ((noun.isEmpty() ? Wording.number(number) : Wording.count(number, noun)) + " " + rest).strip();
    }
}
