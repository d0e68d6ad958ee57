package io.github.ttmemorycheck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/** What is printed to the standard error while something runs: without a provider of SLF4J, what is logged. */
public final class Printed {

    private Printed() {}

    /** Something that may fail. */
    @FunctionalInterface
    public interface Action {

        void run() throws IOException;
    }

    /** Returns what an action prints. */
    public static String during(Action action) throws IOException {
        PrintStream console = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(console);
        }
        return printed.toString(UTF_8);
    }
}
