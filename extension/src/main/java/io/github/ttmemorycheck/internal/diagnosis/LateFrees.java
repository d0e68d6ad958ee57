package io.github.ttmemorycheck.internal.diagnosis;

/**
 * Memory of a test that was freed only while it was being measured, after everything of the test was closed. In bytes.
 *
 * @param byCollection what garbage collections freed: a forced one where nothing went by itself before it, else what
 *     Cleaners were seen to free
 * @param inBackground what else went by itself before a forced collection, or while it kept going beside one
 * @param whileSettling what was freed later, while the check waited
 */
public record LateFrees(long byCollection, long inBackground, long whileSettling) {

    /** Nothing was freed late. */
    public static final LateFrees NONE = new LateFrees(0, 0, 0);

    /** Returns this and what a collection freed. */
    public LateFrees andByCollection(long bytes) {
        return new LateFrees(byCollection + bytes, inBackground, whileSettling);
    }

    /** Returns this and what went in the background. */
    public LateFrees andInBackground(long bytes) {
        return new LateFrees(byCollection, inBackground + bytes, whileSettling);
    }

    /** Returns this and what went while the check waited. */
    public LateFrees andWhileSettling(long bytes) {
        return new LateFrees(byCollection, inBackground, whileSettling + bytes);
    }
}
