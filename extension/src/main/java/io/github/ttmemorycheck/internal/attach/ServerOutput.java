package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import java.util.List;

/** What a server prints, as far as it has come. Thread-safe. */
interface ServerOutput {

    /** Returns the whole lines that came since the last call; waits for none. */
    List<String> takeLines() throws IOException;

    /** Says where it is read. */
    String description();
}
