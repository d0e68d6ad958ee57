package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.process.ProcFiles;
import io.github.ttmemorycheck.internal.process.ProcessThreads;
import io.github.ttmemorycheck.internal.process.ProcessThreads.Look;
import io.github.ttmemorycheck.internal.process.ProcessThreads.Work;
import io.github.ttmemorycheck.internal.text.Wording;
import io.github.ttmemorycheck.internal.wire.ClientMessage;
import io.github.ttmemorycheck.internal.wire.Generation;
import io.github.ttmemorycheck.internal.wire.MessageType;
import io.github.ttmemorycheck.internal.wire.MessageWriter;
import io.github.ttmemorycheck.internal.wire.ResponseReader;
import io.github.ttmemorycheck.internal.wire.TotalsResponse;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import io.github.ttmemorycheck.snapshot.MemoryTotals;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A third-party server, asked for its totals in its own generation on a connection that stays open.
 *
 * <p>It reads each connection by itself, so that a client's events may still be under way when it answers. So its
 * threads are looked at before and after: totals count when none had anything to do before, and either only the one
 * that answered has run since or the totals are those of the reading before. Where the system does not show what
 * threads do, two equal readings must be enough. What has not settled when time is up is marked so.
 *
 * <p>Totals that settled are not asked for again as long as no thread runs but the one that answered, provided that it
 * came with our connection: an older one may have read another connection after its answer.
 *
 * <p>A server that was stopped is not asked: it would answer later, and die of that if we had gone by then.
 *
 * <p>When the connection breaks, what the server knew is gone: the next question looks for a server anew, and {@link
 * Reading#session()} changes. Thread-safe: one lock guards the conversation, and every wait is bounded.
 */
final class ThirdPartyServer implements AutoCloseable {

    /**
     * How long the server may have something to do which changes nothing: a busy machine lets its threads wait, and
     * what has not settled is not measured.
     */
    static final Duration SETTLING = Duration.ofSeconds(4);

    /** The share of it that totals may go on changing. */
    private static final int CHANGING = 4;

    private static final long BETWEEN_READINGS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * What was read.
     *
     * @param session the server's number among those asked here
     * @param settled whether the totals lack nothing that was sent before
     */
    record Reading(MemoryTotals totals, int session, boolean settled) {}

    private final ProcFiles files;
    private final ProcessThreads threads;
    private final Path path;
    private final long patienceNanos;
    private final long settlingNanos;
    private final PlainCounters counters = new PlainCounters();
    private ServerIdentity identity;
    private DeviceDescriptions descriptions;
    private @Nullable Dialogue dialogue;
    private @Nullable Reading kept;

    /** Of the process that is asked; a process stays in its namespace, so that it is found out once. */
    private @Nullable Boolean canDump;

    private String ours = "";
    private Set<String> olderThreads = Set.of();
    private int session = 1;
    private long lastAnswerNanos;
    private int answered;

    ThirdPartyServer(Path path, ServerIdentity identity, long patienceNanos, Duration settling, ProcFiles files) {
        this.settlingNanos = settling.toNanos();
        this.files = files;
        this.threads = new ProcessThreads(files);
        this.path = path;
        this.patienceNanos = patienceNanos;
        this.identity = identity;
        this.lastAnswerNanos = System.nanoTime();
        this.descriptions = new DeviceDescriptions(path, identity.generation());
    }

    synchronized ServerIdentity identity() {
        return identity;
    }

    /** Returns how many devices are asked for, from 0 on. */
    synchronized int devices() {
        return descriptions.devices();
    }

    /**
     * Returns whether a dump does no harm. Before each dump a server takes out what its clients hold that have ended,
     * by the numbers they have here: in a PID namespace of its own it finds none of them, and forgets what the living
     * hold.
     */
    synchronized boolean canDump() {
        Boolean known = canDump;
        if (known == null) {
            int process = identity.processId();
            known = process > 0 && files.numbersInNamespaces(process).size() <= 1;
            canDump = known;
        }
        return known;
    }

    synchronized Reading read() {
        long start = System.nanoTime();
        Look before = look();
        if (kept != null && isAtRest(before, ours)) {
            return kept;
        }
        kept = null;
        MemoryTotals last = null;
        while (true) {
            MemoryTotals totals = ask(System.nanoTime() + patienceNanos);
            Look after = threads.look(identity.processId());
            boolean equal = last != null && totals.equals(last);
            if (isSettled(before, after, equal)) {
                return keep(new Reading(totals, session, true), after);
            }
            if (System.nanoTime() - start >= (equal ? settlingNanos : settlingNanos / CHANGING)) {
                return new Reading(totals, session, false);
            }
            last = totals;
            before = after;
            if (after.work() != Work.NONE) {
                Waiting.nanos(BETWEEN_READINGS_NANOS);
                before = look();
            }
        }
    }

    /** Looks at the threads of the server, and refuses to ask it when they were stopped. */
    private Look look() {
        Look look = threads.look(identity.processId());
        if (look.work() == Work.STOPPED) {
            kept = null;
            throw new TrackerException(
                    "the allocation server is stopped",
                    asked(),
                    identity.process() + ", whose threads were stopped by a signal or a debugger",
                    "let it go on, for example by kill -CONT " + identity.processId(),
                    null);
        }
        return look;
    }

    /** Returns how often it was asked and has answered. */
    synchronized int answered() {
        return answered;
    }

    /** Returns whether totals that were kept are those of now. */
    static boolean isAtRest(Look since, String ours) {
        return since.work() == Work.NONE && since.ran() != null && Set.of(ours).containsAll(since.ran());
    }

    /**
     * Returns the one thread that ran to answer, if it came with our connection; empty where no older ones could be
     * seen.
     */
    static Optional<String> newcomer(Look after, Set<String> older) {
        return after.ran() != null && after.ran().size() == 1 && !older.isEmpty()
                ? after.ran().stream().filter(thread -> !older.contains(thread)).findFirst()
                : Optional.empty();
    }

    /** Returns whether totals lack nothing, from what the threads did before and after they were read. */
    private static boolean isSettled(Look before, Look after, boolean equal) {
        return switch (before.work()) {
            case NONE -> equal || (after.ran() != null && after.ran().size() <= 1);
            case UNKNOWN -> equal;
            case SOME, STOPPED -> false;
        };
    }

    private Reading keep(Reading reading, Look after) {
        Optional<String> answering = newcomer(after, olderThreads);
        ours = answering.orElse("");
        kept = answering.isPresent() ? reading : null;
        return reading;
    }

    private MemoryTotals ask(long deadline) {
        try {
            MemoryTotals totals = ask(connected(), deadline);
            lastAnswerNanos = System.nanoTime();
            answered++;
            return totals;
        } catch (SocketTimeoutException silent) {
            throw unanswered("the allocation server stopped answering", silent);
        } catch (IOException | IllegalArgumentException broken) {
            close();
            session++;
            counters.forget();
            throw unanswered("the allocation server has gone", broken);
        }
    }

    private Dialogue connected() throws IOException {
        if (dialogue == null) {
            if (session > 1) {
                identity = ServerProbe.identify(path, patienceNanos);
                canDump = null;
                descriptions = new DeviceDescriptions(path, identity.generation());
            }
            threads.look(identity.processId());
            olderThreads = threads.ids();
            dialogue = Dialogue.open(path, patienceNanos);
        }
        return dialogue;
    }

    /** Asks for all devices at once: to be woken takes longer than to answer. */
    private MemoryTotals ask(Dialogue open, long deadline) throws IOException {
        Generation generation = identity.generation();
        int devices = devices();
        ByteArrayOutputStream questions = new ByteArrayOutputStream();
        for (int device = 0; device < devices; device++) {
            questions.writeBytes(MessageWriter.write(ClientMessage.request(MessageType.QUERY, device), generation));
        }
        int length = generation.length();
        byte[] bytes = open.ask(questions.toByteArray(), devices * length, deadline);
        MemoryTotals.Builder totals = MemoryTotals.builder();
        for (int device = 0; device < devices; device++) {
            byte[] one = Arrays.copyOfRange(bytes, device * length, (device + 1) * length);
            TotalsResponse answer = ResponseReader.totals(one, generation);
            if (answer.device() != device) {
                throw new IllegalArgumentException(
                        "asked for device " + device + ", it answered for " + answer.device());
            }
            totals.add(device, MemoryKind.DRAM, answer.dram());
            totals.add(device, MemoryKind.L1, answer.l1());
            totals.add(device, MemoryKind.L1_SMALL, answer.l1Small());
            totals.add(device, MemoryKind.TRACE, answer.trace());
            MemoryPool circular = new MemoryPool(device, MemoryKind.CIRCULAR_BUFFER);
            totals.add(circular, counters.held(circular, answer.circularBuffers()));
            MemoryPool kernels = new MemoryPool(device, MemoryKind.KERNEL);
            totals.add(kernels, counters.held(kernels, answer.kernels()));
        }
        return totals.build();
    }

    private String asked() {
        return "totals of " + Wording.count(devices(), "device") + ", " + path;
    }

    private TrackerException unanswered(String why, Exception cause) {
        return new TrackerException(
                why,
                asked() + ", waited " + Wording.time(patienceNanos),
                "last answer: " + Wording.time(System.nanoTime() - lastAnswerNanos) + " ago, from "
                        + identity.fate(cause),
                ServerProbe.REMEDY,
                cause);
    }

    /**
     * Asks for a dump in the server's own output: it is written, and what ended processes held is taken out, before the
     * next question on this connection is answered. That follows at once, so that the server is woken once for both,
     * and the next reading finds that nothing has happened since.
     */
    synchronized void requestDump() throws IOException {
        kept = null;
        look();
        ClientMessage request = ClientMessage.request(MessageType.DUMP_REMAINING, 0);
        connected().send(MessageWriter.write(request, identity.generation()));
        MemoryTotals totals = ask(System.nanoTime() + patienceNanos);
        // Whether a thread had something to do before does not matter here: it has run when it is looked at again.
        keep(new Reading(totals, session, true), threads.look(identity.processId()));
    }

    /** Returns how much of a kind a device has, where the server says so. */
    synchronized OptionalLong capacity(MemoryPool pool) {
        return pool.device() < 0 || pool.device() >= devices() ? OptionalLong.empty() : descriptions.capacity(pool);
    }

    @Override
    public synchronized void close() {
        threads.close();
        if (dialogue != null) {
            dialogue.close();
            dialogue = null;
        }
    }
}
