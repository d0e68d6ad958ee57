package io.github.ttmemorycheck.internal.attach;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that somebody else writes to, read from its present end on. When it becomes shorter it was begun anew, and is
 * read from its start.
 */
final class LogFile implements ServerOutput {

    private static final int MOST_AT_ONCE = 16 << 20;

    private final Path path;
    private long position;

    /** Starts at the file's end. */
    LogFile(Path path) throws IOException {
        this.path = path;
        this.position = Files.size(path);
    }

    @Override
    public synchronized List<String> takeLines() throws IOException {
        // No FileChannel: it would be closed under a test's thread that is interrupted.
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long length = file.length();
            if (length < position) {
                position = 0;
            }
            byte[] bytes = new byte[(int) Math.min(length - position, MOST_AT_ONCE)];
            file.seek(position);
            file.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            // What follows the last line's end is read again: a character may be cut.
            position += end == 0 && bytes.length == MOST_AT_ONCE ? bytes.length : end;
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Override
    public String description() {
        return "its output read from " + path;
    }
}
