package io.github.ttmemorycheck.internal.socket;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXSocket;

/**
 * The native library of junixsocket, loaded when it is first asked for. Where that fails junixsocket prints some
 * hundred lines of stack traces, which say less than {@link #remedy}: what the loading thread prints meanwhile is
 * dropped, and what other threads print is not.
 */
final class NativeLibrary {

    private static final boolean LOADED = load();

    private NativeLibrary() {}

    static boolean isLoaded() {
        return LOADED;
    }

    /** Returns what to do so that it can be loaded. */
    static String remedy() {
        String directory = System.getProperty("java.io.tmpdir", "");
        Path temporary = Path.of(directory);
        return Files.isDirectory(temporary) && Files.isWritable(temporary)
                ? "run Java with --enable-native-access=ALL-UNNAMED"
                : "java.io.tmpdir is " + directory + ", which is no directory that can be written: set it to one";
    }

    private static boolean load() {
        PrintStream errors = System.err;
        PrintStream quiet = new PrintStream(new Others(errors), true, Charset.defaultCharset());
        System.setErr(quiet);
        try {
            return AFUNIXSocket.isSupported();
        } catch (LinkageError | RuntimeException mayNotLoadNativeCode) {
            return false;
        } finally {
            if (quiet.equals(System.err)) {
                System.setErr(errors);
            }
        }
    }

    /** Passes on what other threads than its maker write. */
    private static final class Others extends OutputStream {

        private final Thread maker = Thread.currentThread();
        private final PrintStream errors;

        Others(PrintStream errors) {
            this.errors = errors;
        }

        private boolean isOfMaker() {
            return Thread.currentThread().equals(maker);
        }

        @Override
        public void write(int one) {
            if (!isOfMaker()) {
                errors.write(one);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            if (!isOfMaker()) {
                errors.write(bytes, from, count);
            }
        }

        @Override
        public void flush() {
            errors.flush();
        }
    }
}
