package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.MessageWriter;
import io.github.ttmemorycheck.internal.wire.ResponseReader;
import io.github.ttmemorycheck.internal.wire.TotalsResponse;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A server of another make, asked for its totals in its own generation on a connection that stays open.
 *
 * <p>It reads each connection by itself, so that a client's events may still be under way when it answers. So its threads are
 * looked at before and after: totals count when none had anything to do before, and only the one that answered has run since;
 * or when, a second time, none had anything to do before and the totals are equal. As long as no thread has run since, the
 * totals are those, and are not asked for again: but only where a thread answers that reads our connection alone, one that was
 * not there before we connected. Another one may have read more after its answer. While threads are busy readings are a
 * millisecond apart; where the system does not tell what threads do, two that are equal must be enough. When time is up, {@link
 * Reading} tells so.
 *
 * <p>When the connection breaks, what the server knew is gone: the next question looks for a server anew, and {@link
 * Reading#session()} changes. Thread-safe: one lock guards the conversation, each of which is bounded.
 */
public final class ForeignServer implements AutoCloseable {

    /** How long totals may go on changing. */
    private static final long CHANGING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long the server may have something to do that changes nothing yet: a busy machine lets its threads wait. */
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Devices that every generation can hold; asking for others can end it. */
    static final int MOST_DEVICES = 8;

    private static final long BETWEEN_READINGS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Of the threads of a server, the one that reads our connection runs to answer. */
    private static final int ONE_ANSWERED = 1;

    /**
     * What was read.
     *
     * @param totals bytes per device and kind
     * @param session the server's number among those asked here
     * @param settled whether they lack nothing that was sent before
     */
    public record Reading(MemoryTotals totals, int session, boolean settled) {}

    private final ServerThreads threads;
    private final Path path;
    private final long patienceNanos;
    private ServerIdentity identity;
    private int devices;
    private DeviceDescriptions descriptions;
    private @Nullable Dialogue dialogue;
    private @Nullable Reading settled;
    private Set<String> olderThreads = Set.of();
    private int session = 1;
    private long lastAnswerNanos;
    private int answered;

    private ForeignServer(Path path, ServerIdentity identity, long patienceNanos, ServerThreads threads) {
        this.threads = threads;
        this.path = path;
        this.patienceNanos = patienceNanos;
        this.identity = identity;
        this.lastAnswerNanos = System.nanoTime();
        this.descriptions = new DeviceDescriptions(path, identity.generation());
        this.devices = descriptions.devices(MOST_DEVICES);
    }

    /** Prepares to ask a server that was identified. */
    public static ForeignServer of(Path path, ServerIdentity identity, long patienceNanos) {
        return of(path, identity, patienceNanos, ServerThreads.ofThisSystem());
    }

    static ForeignServer of(Path path, ServerIdentity identity, long patienceNanos, ServerThreads threads) {
        return new ForeignServer(path, identity, patienceNanos, threads);
    }

    /** Returns what the server is. */
    public synchronized ServerIdentity identity() {
        return identity;
    }

    /** Returns how many devices are asked for, from 0 on. */
    public synchronized int devices() {
        return devices;
    }

    /** Reads the totals of all devices. */
    public synchronized Reading read() throws UnansweredException {
        long start = System.nanoTime();
        long deadline = start + patienceNanos;
        ServerThreads.Look before = threads.look(identity.processId());
        Reading known = settled;
        if (known != null && isAtRest(before)) {
            return known;
        }
        settled = null;
        MemoryTotals last = null;
        while (true) {
            MemoryTotals totals = once(deadline);
            ServerThreads.Look after = afterAnswer();
            boolean equal = last != null && totals.equals(last);
            if (isSettled(before, after, equal)) {
                Reading reading = new Reading(totals, session, true);
                settled = isOurs(after, olderThreads) ? reading : null;
                return reading;
            }
            if (System.nanoTime() - start >= (equal ? BUSY_NANOS : CHANGING_NANOS)) {
                return new Reading(totals, session, false);
            }
            last = totals;
            before = after;
            if (after.work() != ServerThreads.Work.NONE) {
                pause();
                before = threads.look(identity.processId());
            }
        }
    }

    /**
     * Looks at the threads after an answer. The one that answered may be about to sleep only: then it is let, in case it waits
     * for our CPU, and looked at once more, since the next reading would find that it ran, and ask in vain.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private ServerThreads.Look afterAnswer() {
        ServerThreads.Look after = threads.look(identity.processId());
        if (after.work() != ServerThreads.Work.SOME || after.ran() != ONE_ANSWERED) {
            return after;
        }
        Thread.yield();
        ServerThreads.Look again = threads.look(identity.processId());
        boolean same = again.ran() == 0 || again.runner().equals(after.runner());
        return same
                ? new ServerThreads.Look(again.work(), after.ran(), after.runner())
                : new ServerThreads.Look(again.work(), ServerThreads.Look.MANY, "");
    }

    /** Returns how often it was asked and has answered. */
    synchronized int answered() {
        return answered;
    }

    /** Tells whether totals that were kept are those of now. */
    static boolean isAtRest(ServerThreads.Look since) {
        return since.work() == ServerThreads.Work.NONE && since.ran() == 0;
    }

    /** Tells whether the one thread that ran to answer came with our connection; not where no older ones could be seen. */
    static boolean isOurs(ServerThreads.Look after, Set<String> olderThreads) {
        return after.ran() == ONE_ANSWERED && !olderThreads.isEmpty() && !olderThreads.contains(after.runner());
    }

    /** Tells whether totals lack nothing, from what the threads did before and after they were read. */
    private static boolean isSettled(ServerThreads.Look before, ServerThreads.Look after, boolean equal) {
        return switch (before.work()) {
            case NONE -> equal || after.ran() <= ONE_ANSWERED;
            case SOME -> false;
            case UNKNOWN -> equal;
        };
    }

    private MemoryTotals once(long deadline) throws UnansweredException {
        try {
            List<TotalsResponse> answers = ask(connected(), deadline);
            lastAnswerNanos = System.nanoTime();
            answered++;
            return totals(answers);
        } catch (SocketTimeoutException silent) {
            throw unanswered("the allocation server stopped answering", silent);
        } catch (UnansweredException e) {
            throw e;
        } catch (IOException | IllegalArgumentException broken) {
            lose();
            throw unanswered("the allocation server has gone", broken);
        }
    }

    private Dialogue connected() throws IOException {
        Dialogue open = dialogue;
        if (open == null) {
            if (session > 1) {
                identity = ServerProbe.identify(path, patienceNanos);
                descriptions = new DeviceDescriptions(path, identity.generation());
                devices = descriptions.devices(MOST_DEVICES);
            }
            threads.look(identity.processId());
            olderThreads = threads.ids();
            open = Dialogue.open(path, patienceNanos);
            dialogue = open;
        }
        return open;
    }

    /** Asks for all devices at once: to be woken takes longer than to answer. */
    private List<TotalsResponse> ask(Dialogue open, long deadline) throws IOException {
        Generation generation = identity.generation();
        ByteArrayOutputStream questions = new ByteArrayOutputStream();
        for (int device = 0; device < devices; device++) {
            questions.writeBytes(MessageWriter.write(ClientMessage.request(MessageType.QUERY, device), generation));
        }
        int length = generation.length();
        byte[] bytes = open.ask(questions.toByteArray(), devices * length, deadline);
        List<TotalsResponse> answers = new ArrayList<>();
        for (int device = 0; device < devices; device++) {
            byte[] one = Arrays.copyOfRange(bytes, device * length, (device + 1) * length);
            TotalsResponse answer = ResponseReader.totals(one, generation);
            if (answer.device() != device) {
                throw new IllegalArgumentException(
                        "asked for device " + device + ", it answered for " + answer.device());
            }
            answers.add(answer);
        }
        return answers;
    }

    private static MemoryTotals totals(List<TotalsResponse> answers) {
        MemoryTotals.Builder totals = MemoryTotals.builder();
        for (TotalsResponse answer : answers) {
            totals.add(answer.device(), MemoryKind.DRAM, answer.dram());
            totals.add(answer.device(), MemoryKind.L1, answer.l1());
            totals.add(answer.device(), MemoryKind.L1_SMALL, answer.l1Small());
            totals.add(answer.device(), MemoryKind.TRACE, answer.trace());
            // Plain counters: one free too many takes them below nothing, which is no 16 EiB.
            totals.add(answer.device(), MemoryKind.CIRCULAR_BUFFER, Math.max(0, answer.circularBuffers()));
            totals.add(answer.device(), MemoryKind.KERNEL, Math.max(0, answer.kernels()));
        }
        return totals.build();
    }

    private UnansweredException unanswered(String why, Exception cause) {
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastAnswerNanos);
        boolean alive = ProcessHandle.of(identity.processId())
                .map(ProcessHandle::isAlive)
                .orElse(false);
        return new UnansweredException(
                why,
                "totals of " + devices + " devices, " + path + ", waited "
                        + (patienceNanos >= 1_000_000_000
                                ? TimeUnit.NANOSECONDS.toSeconds(patienceNanos) + " s"
                                : TimeUnit.NANOSECONDS.toMillis(patienceNanos) + " ms"),
                "last answer: " + since + " ms ago, from " + identity.process()
                        + (alive ? ": " + said(cause) : ", which has ended"),
                cause);
    }

    static String said(Exception cause) {
        return cause instanceof SocketTimeoutException
                ? "it lives, and says nothing"
                : String.valueOf(cause.getMessage());
    }

    private void lose() {
        close();
        session++;
    }

    /**
     * Asks for a dump in the server's own output, on the connection of the questions: it is written, and what ended processes
     * held is taken out, before the next question is answered. That question follows at once, so that the server is woken
     * once for both, and the next reading finds that nothing has happened since.
     */
    public synchronized void requestDump() throws IOException {
        settled = null;
        connected()
                .send(MessageWriter.write(ClientMessage.request(MessageType.DUMP_REMAINING, 0), identity.generation()));
        MemoryTotals totals = once(System.nanoTime() + patienceNanos);
        // Whether a thread had something to do before does not matter here: it has run when it is looked at again.
        if (isOurs(afterAnswer(), olderThreads)) {
            settled = new Reading(totals, session, true);
        }
    }

    /** Tells how much of a kind a device has, where the server says so. */
    public synchronized OptionalLong capacity(int device, MemoryKind kind) {
        return device < 0 || device >= devices ? OptionalLong.empty() : descriptions.capacity(device, kind);
    }

    private static void pause() {
        long until = System.nanoTime() + BETWEEN_READINGS_NANOS;
        boolean interrupted = Thread.interrupted();
        for (long rest = BETWEEN_READINGS_NANOS; rest > 0; rest = until - System.nanoTime()) {
            LockSupport.parkNanos(rest);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the conversation; where an answer is under way that could end the server, the connection is left open. */
    @Override
    public synchronized void close() {
        threads.close();
        Dialogue open = dialogue;
        dialogue = null;
        if (open != null && !open.isOwedAnAnswer()) {
            open.close();
        } else if (open != null) {
            LeftOpen.keep(open);
        }
    }
}
