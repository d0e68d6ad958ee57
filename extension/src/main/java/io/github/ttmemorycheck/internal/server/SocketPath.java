package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.TrackerSocket;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is to listen. A symbolic link in the last element of the path is not followed.
 *
 * @param path the absolute path of the socket
 * @param otherPath how whoever starts the server names another path, for example {@code name another path with
 *     --socket}
 */
record SocketPath(Path path, String otherPath) {

    static final int LONGEST = TrackerSocket.LONGEST_PATH;

    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;

    /** Checks a path; throws a {@link TrackerException} when no socket can have it. */
    static SocketPath of(Path given, String otherPath) {
        SocketPath socket = new SocketPath(given.toAbsolutePath(), otherPath);
        Path directory = socket.path.getParent();
        if (directory == null || socket.path.getFileName() == null) {
            throw socket.unavailable("a socket needs a name in a directory");
        }
        int length = TrackerSocket.lengthOf(socket.path);
        if (length > LONGEST) {
            throw socket.unavailable("a socket's path has " + LONGEST + " bytes at most, and this one has " + length
                    + "; choose a shorter one");
        }
        if (!Files.isDirectory(directory)) {
            throw socket.unavailable("its directory must exist, and " + directory + " does not; create it first");
        }
        return socket;
    }

    TrackerException unavailable(String why) {
        return unavailable(why, null);
    }

    /** Makes the exception for a server that cannot listen here; the reason ends with the way out. */
    TrackerException unavailable(String why, @Nullable Throwable cause) {
        return new TrackerException("the allocation server cannot listen at " + path + ": " + why, cause);
    }

    /** Returns what makes this file another one than any with the same name. */
    static Object identity(Path path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return Objects.requireNonNull(attributes.fileKey(), "the file system identifies no files");
    }

    static boolean isSocket(Path path) throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & FILE_TYPE) == SOCKET;
    }

    static String describe(Path path) {
        if (Files.isSymbolicLink(path)) {
            return "a symbolic link";
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return "a directory";
        }
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? "a regular file" : "a special file";
    }
}
