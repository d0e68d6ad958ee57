package io.github.ttmemorycheck.samples;

import java.util.Set;

/**
 * A block of code or output in a page.
 *
 * @param line the number of its first line, for messages
 * @param language what stands behind the backticks; empty for output
 * @param marker the line above it
 * @param text what it holds
 */
record CodeBlock(int line, String language, String marker, String text) {

    /** Commands, configuration and drawings: nothing in the sources to quote. */
    private static final Set<String> EXEMPT = Set.of("shell", "xml", "groovy", "properties", "yaml", "text");

    boolean isExempt() {
        return EXEMPT.contains(language);
    }
}
