package io.github.ttmemorycheck.internal.runreport;

/** What a check was about. */
public enum CheckScope {
    /** One test, or one invocation of it. */
    TEST("test"),
    /** A class as a whole. */
    CLASS("class"),
    /** All invocations of one test together. */
    REPETITIONS("repetitions");

    private final String word;

    CheckScope(String word) {
        this.word = word;
    }

    /** Returns the word that files use. */
    public String word() {
        return word;
    }
}
