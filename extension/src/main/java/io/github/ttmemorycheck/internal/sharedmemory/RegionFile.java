package io.github.ttmemorycheck.internal.sharedmemory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file of a region, open and mapped: whatever its path names later, this is the file it named when it was opened. It stays
 * open for its length, which has to be asked each time, since a file that is cut reads as zeros up to the end of a page; and
 * so that no other file gets its number.
 *
 * <p>Lengths are asked of a {@link RandomAccessFile}, since a channel would be closed under a thread that is interrupted.
 * Words are read with acquire semantics, each once per call.
 */
final class RegionFile implements AutoCloseable {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int OPEN_ATTEMPTS = 10;
    private static final String OF_NO_USE = "; delete it when no process uses the device";

    private final Path path;
    private final Object key;
    private final RandomAccessFile file;
    private @Nullable ByteBuffer words;

    private RegionFile(Path path, Object key, RandomAccessFile file) {
        this.path = path;
        this.key = key;
        this.file = file;
    }

    /** Opens a file, or returns empty when there is none of that name any more. */
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
        throw unreadable(path, "was replaced each of the " + OPEN_ATTEMPTS + " times it was opened", null);
    }

    /** Returns what tells the file of that name from every other, or empty when there is none. */
    static Optional<Object> key(Path path) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile()) {
                String what = found.isDirectory() ? "a directory" : found.isSymbolicLink() ? "a link" : "no file";
                throw unreadable(path, "is " + what + ", and a region is a regular file" + OF_NO_USE, null);
            }
            return Optional.of(Objects.requireNonNull(found.fileKey()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(path, "cannot be looked at: " + e, e);
        }
    }

    private static @Nullable RandomAccessFile openFile(Path path) {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            if (Files.notExists(path)) {
                return null;
            }
            throw unreadable(
                    path,
                    "cannot be opened: " + e.getMessage()
                            + "; run the tests as the user whose processes use the device, or delete the file when none does",
                    e);
        }
    }

    Path path() {
        return path;
    }

    boolean hasKey(Object other) {
        return key.equals(other);
    }

    long length() {
        try {
            return file.length();
        } catch (IOException e) {
            throw unreadable(path, "cannot be asked for its length: " + e, e);
        }
    }

    /** Tells whether so many bytes can be read. */
    boolean isMapped(int bytes) {
        return words != null && words.capacity() >= bytes;
    }

    /**
     * Maps the file as far as it goes and is of use; it must have {@link RegionLayout#STATE} bytes.
     *
     * @return false when its path does not name it any more
     */
    boolean map() {
        int bytes = (int) Math.min(length(), RegionLayout.length(RegionLayout.NEWEST_VERSION));
        boolean interrupted = false;
        try {
            for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes);
                    if (key(path).filter(key::equals).isEmpty()) {
                        return false;
                    }
                    words = mapped;
                    return true;
                } catch (ClosedByInterruptException again) {
                    interrupted |= Thread.interrupted();
                } catch (NoSuchFileException gone) {
                    return false;
                }
            }
            throw unreadable(path, "could not be mapped: the thread was interrupted each time", null);
        } catch (IOException e) {
            throw unreadable(path, "cannot be mapped: " + e, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    int intAt(int offset) {
        return (int) INTS.getAcquire(mapped(), offset);
    }

    long longAt(int offset) {
        return (long) LONGS.getAcquire(mapped(), offset);
    }

    /** Reads a text that ends with a zero byte or with its field; it may be torn. */
    String textAt(int offset, int length) {
        byte[] bytes = new byte[length];
        mapped().get(offset, bytes);
        return PlainName.of(bytes);
    }

    private ByteBuffer mapped() {
        ByteBuffer mapped = words;
        if (mapped == null) {
            throw new IllegalStateException(path + " is not mapped");
        }
        return mapped;
    }

    static RegionUnreadableException unreadable(Path path, String what, @Nullable Throwable cause) {
        String chip = RegionName.chip(String.valueOf(path.getFileName()))
                .map(Long::toUnsignedString)
                .orElse(null);
        return new RegionUnreadableException("the shared-memory region " + path + " " + what, chip, cause);
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
