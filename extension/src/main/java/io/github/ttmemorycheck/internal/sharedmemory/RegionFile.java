package io.github.ttmemorycheck.internal.sharedmemory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file of a region, open: whatever its path names later, this is the file it named when it was opened, and as long
 * as it is open no other file gets its number.
 *
 * <p>The file is read, never mapped: a mapping of a file that somebody cuts ends the JVM, while a read merely comes
 * back short. It is read through a {@link RandomAccessFile}, since a channel would be closed under a thread that is
 * interrupted.
 */
final class RegionFile implements AutoCloseable {

    private static final int OPEN_ATTEMPTS = 10;
    private static final String OF_NO_USE = "; delete it when no process uses the device";

    private final Path path;
    private final Object key;
    private final RandomAccessFile file;

    private RegionFile(Path path, Object key, RandomAccessFile file) {
        this.path = path;
        this.key = key;
        this.file = file;
    }

    /** Opens a file; empty when there is none of that name any more. What is no regular file is never opened. */
    static Optional<RegionFile> open(Path path) {
        for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
            Optional<Object> before = key(path);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            RandomAccessFile file = openFile(path);
            if (file != null && before.equals(key(path))) {
                return Optional.of(new RegionFile(path, before.get(), file));
            }
            closeQuietly(file);
        }
        throw UnreadableRegion.of(path, "was replaced each of the " + OPEN_ATTEMPTS + " times it was opened", null);
    }

    /** Returns what tells the file of that name from every other, or empty when there is none. */
    static Optional<Object> key(Path path) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile()) {
                String what = found.isDirectory() ? "a directory" : found.isSymbolicLink() ? "a link" : "no file";
                throw UnreadableRegion.of(path, "is " + what + ", and a region is a regular file" + OF_NO_USE, null);
            }
            return Optional.of(Objects.requireNonNull(found.fileKey()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw UnreadableRegion.of(path, "cannot be looked at: " + e, e);
        }
    }

    private static @Nullable RandomAccessFile openFile(Path path) {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            if (Files.notExists(path)) {
                return null;
            }
            throw UnreadableRegion.of(
                    path,
                    "cannot be opened: " + e.getMessage()
                            + "; run the tests as the user whose processes use the device, or delete the file"
                            + " when none does",
                    e);
        }
    }

    Path path() {
        return path;
    }

    boolean hasKey(Object other) {
        return key.equals(other);
    }

    /** Reads the file from its start, and returns how many bytes there were, at most as many as there is room for. */
    int read(byte[] into) {
        try {
            file.seek(0);
            int length = 0;
            int more = 0;
            do {
                length += more;
                more = file.read(into, length, into.length - length);
            } while (more > 0);
            return length;
        } catch (IOException e) {
            throw UnreadableRegion.of(path, "cannot be read: " + e, e);
        }
    }

    @Override
    public void close() {
        closeQuietly(file);
    }

    private static void closeQuietly(@Nullable RandomAccessFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException readOnly) {
            // Nothing was written, so nothing is lost.
        }
    }
}
