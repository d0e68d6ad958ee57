package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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

    private static final Path DESCRIPTORS = ProcFiles.ofThisSystem().ownDescriptors();

    private final Path path;
    private final Object key;
    private final long inode;
    private final RandomAccessFile file;
    private int lastLength = -1;

    private RegionFile(Path path, Object key, long inode, RandomAccessFile file) {
        this.path = path;
        this.key = key;
        this.inode = inode;
        this.file = file;
    }

    /** Opens a file; empty when there is none of that name any more. What is no regular file is never opened. */
    static Optional<RegionFile> open(Path path) {
        for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
            Optional<Object> before = key(path);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            RandomAccessFile file = openFile(path, before.get());
            if (file != null) {
                Optional<Long> inode = number(path, "unix:ino");
                if (before.equals(key(path)) && inode.isPresent()) {
                    return Optional.of(new RegionFile(path, before.get(), inode.get(), file));
                }
            }
            closeQuietly(file);
        }
        throw UnreadableRegion.of(path, "was replaced each of the " + OPEN_ATTEMPTS + " times it was opened", null);
    }

    /** Returns what distinguishes the file of that name from every other, or empty when there is none. */
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

    /**
     * Opens the file that has a key; returns null when the path names another one by then. A FIFO that has taken the
     * place of the file would block whoever opens it to read: so the path is opened to read and write, which never
     * blocks, and what that got is opened once more by its descriptor, where it is the file that was meant.
     */
    static @Nullable RandomAccessFile openFile(Path path, Object key) {
        try (FileChannel held = FileChannel.open(path, accessTo(path))) {
            Path descriptor = descriptor(key);
            return descriptor == null || !held.isOpen() ? null : new RandomAccessFile(descriptor.toFile(), "r");
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IOException e) {
            if (!Optional.of(key).equals(key(path))) {
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

    /** A file that may not be written is of root, whom nobody else makes replace it. */
    private static Set<OpenOption> accessTo(Path path) {
        return Files.isWritable(path)
                ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
                : Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the path of an open descriptor of the file that has a key. */
    private static @Nullable Path descriptor(Object key) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (isOf(descriptor, key)) {
                    return descriptor;
                }
            }
            return null;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isOf(Path descriptor, Object key) {
        try {
            return key.equals(
                    Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** Returns the user that owns a file, where another one than this process's and root does. */
    static Optional<Long> otherOwner(Path path) {
        OptionalLong self = ProcFiles.ofThisSystem().ownUser();
        return number(path, "unix:uid").filter(owner -> owner != 0 && !self.equals(OptionalLong.of(owner)));
    }

    private static Optional<Long> number(Path path, String attribute) {
        try {
            return Optional.of(((Number) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS)).longValue());
        } catch (IOException | UnsupportedOperationException notTold) {
            return Optional.empty();
        }
    }

    long inode() {
        return inode;
    }

    Path path() {
        return path;
    }

    boolean hasKey(Object other) {
        return key.equals(other);
    }

    /**
     * Reads the file from its start, and returns how many bytes there were, at most as many as there is room for. What
     * is as long as before ends there, which need not be asked: a longer file would have given more at once.
     */
    int read(byte[] into) {
        try {
            file.seek(0);
            int length = 0;
            int more = 0;
            do {
                length += more;
                more = length > 0 && length == lastLength ? 0 : file.read(into, length, into.length - length);
            } while (more > 0);
            lastLength = length;
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
