package io.github.ttmemorycheck.internal.server;

import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to the server and could not be booked, since when: a stream that is not understood, a client that was
 * refused, a limit that was reached. What ran meanwhile cannot be measured; a mark made later can.
 */
final class Blindness {

    /** Reasons kept: a message shows the first, and says how many more there were. */
    private static final int MOST = 64;

    /** Lines of the log: a client that is refused again and again does not fill it. */
    private static final int MOST_WARNINGS = 100;

    /** The first of some reasons, and how many there were. */
    private record Noted(long serial, String reason, String remedy) {}

    private final Deque<Noted> noted = new ArrayDeque<>();
    private final Notices notices;
    private long last;
    private int warnings;

    Blindness(Notices notices) {
        this.notices = notices;
    }

    /** Returns the number of the last reason so far. */
    long last() {
        return last;
    }

    /** Notes a reason; the log has the same one once in a row. */
    void note(String reason, String remedy) {
        Noted latest = noted.peekLast();
        boolean again = latest != null && latest.reason().equals(reason);
        last++;
        if (again) {
            noted.removeLast();
        } else {
            warn(reason + "; what runs meanwhile is not measured. To fix: " + remedy);
        }
        if (noted.size() == MOST) {
            noted.removeFirst();
        }
        noted.addLast(new Noted(last, reason, remedy));
    }

    private void warn(String text) {
        if (warnings < MOST_WARNINGS) {
            warnings++;
            notices.warn(
                    text + (warnings == MOST_WARNINGS ? ". Further reasons are not logged; verdicts name them" : ""));
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(last);
        out.writeInt(noted.size());
        for (Noted each : noted) {
            out.writeLong(each.serial());
            out.writeUTF(each.reason());
            out.writeUTF(each.remedy());
        }
    }

    void read(DataInput in) throws IOException {
        last = in.readLong();
        for (int more = in.readInt(); more > 0; more--) {
            noted.addLast(new Noted(in.readLong(), in.readUTF(), in.readUTF()));
        }
    }

    /** Returns why what ran since a number cannot be measured, or null when it can. */
    @Nullable
    TrackerException since(long number, String server) {
        if (number == last) {
            return null;
        }
        Noted first = noted.stream()
                .filter(each -> each.serial() > number)
                .findFirst()
                .orElseThrow();
        long others = noted.stream().filter(each -> each.serial() > number).count() - 1;
        return new TrackerException(
                first.reason() + (others == 0 ? "" : ", and " + others + " more like it"),
                "what changed since the mark, of the allocation server at " + server,
                "events that were not booked, so that memory may be held which is not shown",
                first.remedy(),
                null);
    }
}
