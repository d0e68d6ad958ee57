package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.internal.wire.TrackerSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** Which paths a socket can have, and what is at one. Follows no symbolic link in the last element. */
final class SocketPath {

    static final int LONGEST = TrackerSocket.LONGEST_PATH;

    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private SocketPath() {}

    static void check(Path path) throws SocketUnavailableException {
        Path directory = path.getParent();
        if (directory == null || path.getFileName() == null) {
            throw new SocketUnavailableException(path, "a socket needs a name in a directory", null);
        }
        int length = TrackerSocket.lengthOf(path);
        if (length > LONGEST) {
            throw new SocketUnavailableException(
                    path,
                    "a socket's path has " + LONGEST + " bytes at most, and this one has " + length
                            + "; choose a shorter one",
                    null);
        }
        if (!Files.isDirectory(directory)) {
            throw new SocketUnavailableException(
                    path, "its directory must exist, and " + directory + " does not; create it first", null);
        }
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

    /** Says what kind of file it is. */
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
