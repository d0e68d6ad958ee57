package io.github.ttmemorycheck.internal.diagnosis;

/**
 * Memory of a test that was freed only while it was being measured, after everything of the test was closed. In bytes.
 *
 * @param byCollection what a forced garbage collection freed
 * @param whileSettling what was freed later, while the check waited
 */
public record LateFrees(long byCollection, long whileSettling) {

    /** Nothing was freed late. */
    public static final LateFrees NONE = new LateFrees(0, 0);
}
