package io.github.ttmemorycheck.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ttmemorycheck.internal.process.FakeProcess;
import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.snapshot.DeviceBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets what a server knows answers every question as that server would have. */
class HandedOverStateTests {

    private static final int SEEDS = 150;
    private static final int STEPS = 120;
    private static final MessageType[] EVENTS = {
        MessageType.ALLOC,
        MessageType.ALLOC,
        MessageType.FREE,
        MessageType.CB_ALLOC,
        MessageType.CB_FREE,
        MessageType.KERNEL_LOAD,
        MessageType.KERNEL_UNLOAD
    };

    @TempDir
    Path proc;

    private int started;

    /** A book, with the senders and the marks of its clients, in one order in all books that are compared. */
    private static final class Told {

        final EventBook book;
        final List<Sender> senders = new ArrayList<>();
        final List<ServerMark> marks = new ArrayList<>();

        Told(ProcFiles files) {
            book = new EventBook(files, mark -> {});
        }

        /** Returns one that has read what this one wrote. */
        Told handOver(ProcFiles files) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            StateWriter out = new StateWriter(bytes);
            book.write(out, new HashSet<>(marks));
            for (Sender sender : senders) {
                out.sender(sender);
            }
            Told next = new Told(files);
            StateReader in = new StateReader(new ByteArrayInputStream(bytes.toByteArray()));
            next.book.read(in);
            for (int i = 0; i < senders.size(); i++) {
                next.senders.add(in.sender());
            }
            for (ServerMark mark : marks) {
                next.marks.add(
                        next.book.registry().marks().ofSerial(mark.serial()).orElseThrow());
            }
            assertThat(in.read()).isNegative();
            return next;
        }
    }

    private FakeProcess fake(int number) {
        return new FakeProcess(proc, number);
    }

    private void start(int number) throws IOException {
        fake(number).say("stat", fake(number).stat("p", "S", 1000 + ++started)).say("cmdline", "program" + started);
    }

    private void end(int number) throws IOException {
        Files.deleteIfExists(fake(number).directory().resolve("stat"));
        Files.deleteIfExists(fake(number).directory().resolve("cmdline"));
        Files.deleteIfExists(fake(number).directory());
    }

    /** Does one thing to all, the same. */
    private void step(SplittableRandom random, long now, List<Told> all) throws IOException {
        int senders = all.get(0).senders.size();
        int marks = all.get(0).marks.size();
        int what = random.nextInt(100);
        int number = 101 + random.nextInt(3);
        int one = senders == 0 ? 0 : random.nextInt(senders);
        if (senders == 0 || what < 6) {
            start(number);
            all.forEach(told -> told.senders.add(told.book.connected(number, number)));
        } else if (what < 9) {
            all.forEach(told -> told.senders.remove(one).disconnect());
        } else if (what < 11) {
            end(number);
        } else if (what < 17) {
            all.forEach(told -> told.marks.add(told.book.mark(now)));
        } else if (what < 21 && marks > 0) {
            int closed = random.nextInt(marks);
            all.forEach(told -> told.book.registry().forget(told.marks.remove(closed)));
        } else if (what < 22) {
            all.forEach(told -> told.book.blindness().note("seed " + now, "none"));
        } else if (what < 23) {
            all.forEach(told -> told.book.processes().isRun(number));
        } else {
            ClientMessage event = event(random, number);
            all.forEach(told -> told.book.enter(event, told.senders.get(one), now));
        }
    }

    private static ClientMessage event(SplittableRandom random, int number) {
        MessageType type = EVENTS[random.nextInt(EVENTS.length)];
        int subtype = type == MessageType.ALLOC ? random.nextInt(3) : 0;
        // The largest sizes add up to more than 64 bits hold.
        long size = random.nextInt(12) == 0 ? -1 - random.nextInt(2) : 1 + random.nextInt(3);
        long place = type == MessageType.CB_FREE && random.nextBoolean() ? 0 : random.nextInt(4);
        return new ClientMessage(
                type, random.nextInt(2), type == MessageType.FREE ? 0 : size, subtype, number, place, 0);
    }

    private static void compare(Told before, Told after, String when) {
        assertThat(after.book.snapshot()).as(when).isEqualTo(before.book.snapshot());
        for (int i = 0; i < before.marks.size(); i++) {
            ServerMark mark = before.marks.get(i);
            ServerMark same = after.marks.get(i);
            assertThat(after.book.since(same)).as(when).isEqualTo(before.book.since(mark));
            List<DeviceBuffer> freed = before.book.registry().freedSince(mark);
            assertThat(after.book.registry().freedSince(same)).as(when).isEqualTo(freed);
            assertThat(String.valueOf(after.book.blindness().since(same.blindBefore(), "s")))
                    .as(when)
                    .isEqualTo(String.valueOf(before.book.blindness().since(mark.blindBefore(), "s")));
        }
        for (int number = 101; number < 104; number++) {
            assertThat(after.book.processes().isOfAnotherRun(number, 102))
                    .as(when)
                    .isEqualTo(before.book.processes().isOfAnotherRun(number, 102));
            assertThat(after.book.hasHeardOf(number)).as(when).isEqualTo(before.book.hasHeardOf(number));
        }
        assertThat(after.book.events()).as(when).isEqualTo(before.book.events());
        assertThat(after.book.registry().unknownFrees())
                .as(when)
                .isEqualTo(before.book.registry().unknownFrees());
    }

    @Test
    void whatever_comes_it_tells_the_same() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ProcFiles files = FakeProcess.answering(proc);
            Told kept = new Told(files);
            Told handed = kept;
            int handover = random.nextInt(STEPS);
            for (int step = 0; step < STEPS; step++) {
                String when = "seed " + seed + ", step " + step + ", handed over at " + handover;
                if (step == handover || step == handover + 20) {
                    handed = handed.handOver(files);
                    compare(kept, handed, when);
                }
                step(random, step, handed == kept ? List.of(kept) : List.of(kept, handed));
                if (random.nextInt(5) == 0) {
                    compare(kept, handed, when);
                }
            }
            for (int number = 101; number < 104; number++) {
                end(number);
            }
        }
    }
}
