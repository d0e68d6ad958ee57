package io.github.ttmemorycheck.internal.text;

import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How figures and lists read in a sentence. */
public final class Wording {

    private static final Duration MILLISECOND = Duration.ofMillis(1);

    /** From here on tenths of a second say nothing. */
    private static final long SECONDS_TO_COUNT = 100;

    private static final int COLUMNS_OF_THROWN = 300;

    private Wording() {}

    /** {@code a, b and c}. */
    public static String list(List<String> items) {
        int last = items.size() - 1;
        return last <= 0
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** {@code 1 buffer}, {@code 100 000 buffers}. */
    public static String count(long number, String what) {
        return number(number) + " " + (number == 1 ? what : plural(what));
    }

    /**
     * {@code 2 programs}, or, where devices do not tell how many they hold, {@code an unknown number of programs (the
     * device does not tell)} or {@code at least 2 programs (1 of 3 devices does not tell)}.
     */
    public static String programs(long counted, int uncounted, int devices) {
        if (uncounted == 0) {
            return count(counted, "program");
        }
        String who = uncounted < devices
                ? number(uncounted) + " of " + count(devices, "device") + (uncounted == 1 ? " does" : " do")
                : devices == 1 ? "the device does" : "the devices do";
        return (counted == 0 ? "an unknown number of programs" : "at least " + count(counted, "program")) + " (" + who
                + " not tell)";
    }

    /** {@code once}, {@code twice}, {@code 3 times}. */
    public static String times(long number) {
        return number == 1 ? "once" : number == 2 ? "twice" : number(number) + " times";
    }

    /** A number with its thousands set apart by spaces, from five digits on. */
    public static String number(long number) {
        if (Math.abs(number) < 10_000) {
            return Long.toString(number);
        }
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    /** A span of time, to three digits or so: {@code 0.3 ms}, {@code 12 ms}, {@code 1.5 s}, {@code 125 s}. */
    public static String time(Duration time) {
        if (time.compareTo(MILLISECOND) < 0) {
            long tenths = time.toNanos() / (MILLISECOND.toNanos() / 10);
            return tenths == 0 ? "<0.1 ms" : "0." + tenths + " ms";
        }
        long seconds = time.toSeconds();
        if (seconds == 0) {
            return time.toMillis() + " ms";
        }
        int tenths = time.toMillisPart() / 100;
        return seconds < SECONDS_TO_COUNT && tenths != 0 ? seconds + "." + tenths + " s" : number(seconds) + " s";
    }

    public static String time(long nanos) {
        return time(Duration.ofNanos(nanos));
    }

    /** A kind of memory after an amount: {@code 8 MiB of DRAM}, {@code 4 KiB of circular buffers}. */
    public static String kind(MemoryKind kind) {
        return switch (kind) {
            case SYSTEM_MEMORY -> "system memory";
            case TRACE -> "trace memory";
            case CIRCULAR_BUFFER -> "circular buffers";
            case KERNEL -> "kernels";
            case DRAM, L1, L1_SMALL -> kind.name();
        };
    }

    /**
     * Says in one line of at most 300 characters what was thrown, as it says itself: a native library's message may be
     * a page with a backtrace. Its class alone where it cannot even say that.
     */
    public static String thrown(Throwable thrown) {
        try {
            String text = thrown.toString().strip().replaceAll("\\s+", " ");
            return PlainText.escape(
                    text.length() <= COLUMNS_OF_THROWN ? text : text.substring(0, COLUMNS_OF_THROWN) + "...");
        } catch (RuntimeException | Error unspeakable) {
            return thrown.getClass().getName();
        }
    }

    private static String plural(String what) {
        return what.endsWith("ss") ? what + "es" : what + "s";
    }
}
