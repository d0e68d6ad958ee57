package io.github.ttmemorycheck.internal.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Keeper} has to say. As long as it takes over, the JVM that started it reads that; later on it goes to a
 * file, which is made only when there is something to say, is its user's alone, and has a bound. Thread-safe.
 */
final class KeeperLog extends OutputStream {

    private static final String FULL = "\n... the log is full; nothing more is written\n";

    private final OutputStream starter;
    private final Path file;
    private final int most;
    private @Nullable OutputStream out;
    private boolean left;
    private int written;

    /**
     * Makes it.
     *
     * @param starter where it says things as long as it takes over
     * @param file where it says things later on; not there yet
     * @param most how many bytes of them are kept
     */
    KeeperLog(OutputStream starter, Path file, int most) {
        this.starter = starter;
        this.file = file;
        this.most = most;
    }

    /** From here on the file is written: whoever started it may end. */
    synchronized void leaveStarter() {
        left = true;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (!left) {
            starter.write(bytes, from, length);
            starter.flush();
        } else if (written < most) {
            int fitting = Math.min(length, most - written);
            written += fitting;
            OutputStream file = file();
            file.write(bytes, from, fitting);
            if (written == most) {
                file.write(FULL.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** What is there already, be it a link, is somebody else's and is left alone. */
    private OutputStream file() throws IOException {
        OutputStream open = out;
        if (open == null) {
            open = Channels.newOutputStream(Files.newByteChannel(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
            out = open;
        }
        return open;
    }

    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
