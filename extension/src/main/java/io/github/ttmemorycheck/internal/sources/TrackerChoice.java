package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.internal.attach.ServerTracker;
import io.github.ttmemorycheck.internal.process.ProcessTree;
import io.github.ttmemorycheck.internal.server.EmbeddedTracker;
import io.github.ttmemorycheck.internal.settings.ProcessScope;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.settings.TrackerKind;
import io.github.ttmemorycheck.internal.settings.TrackerSettings;
import io.github.ttmemorycheck.internal.sharedmemory.SharedMemoryTracker;
import io.github.ttmemorycheck.internal.tracker.MemoryTracker;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Chooses the tracker: the one that is set, or by what is there. A server of this JVM comes first, then one that
 * somebody else runs on the socket, then shared-memory regions of living processes, where no process is told to report
 * to a server; the embedded one last.
 *
 * @param own whose memory counts, where not all processes do
 */
public record TrackerChoice(TrackerSettings settings, ProcessTree own, Map<String, String> environment) {

    private static final String TRACKING = "TT_ALLOC_TRACKING_ENABLED";

    /** Two JVMs may find nobody and start at the same time: who comes second then finds the first's server. */
    private static final int ATTEMPTS = 5;

    /** A tracker, open, and why it was chosen. */
    public record Chosen(MemoryTracker tracker, String reason) {}

    /**
     * Opens the tracker.
     *
     * @throws TrackerException when that is not possible, with the way out
     */
    public Chosen open() {
        Chosen chosen = switch (settings.kind()) {
            case AUTO -> auto();
            case EMBEDDED -> embedded("it is set");
            case SERVER -> server("it is set");
            case SHM -> new Chosen(sharedMemory(), "it is set");
        };
        if (settings.processes() == ProcessScope.ALL || chosen.tracker() instanceof SharedMemoryTracker) {
            return chosen;
        }
        if (!chosen.tracker().knowsBuffers()) {
            close(chosen.tracker());
            throw new TrackerException(
                    "the server cannot tell whose memory it is",
                    "memory of this JVM and its descendants alone, since " + SettingKeys.PROCESSES + "=tree",
                    chosen.tracker().description(),
                    "set " + SettingKeys.PROCESSES + "=all, or use the embedded tracker",
                    null);
        }
        return new Chosen(new TreeTracker(chosen.tracker(), own), chosen.reason());
    }

    private Chosen auto() {
        Path socket = settings.socket();
        if (EmbeddedTracker.running(socket).isPresent()) {
            return embedded("this JVM serves there already");
        }
        if (settings.serverCommand().isPresent() || ServerTracker.isListening(socket)) {
            return server("a server listens there");
        }
        String why = "nobody listens there";
        if (environment.get(TRACKING) != null) {
            return embedded(why + ", and " + TRACKING + " is set");
        }
        try {
            SharedMemoryTracker regions = sharedMemory();
            if (!regions.snapshot().processes().isEmpty()) {
                return new Chosen(
                        regions,
                        "nobody listens at " + socket + ", and " + settings.shmDirectory()
                                + " has regions of living processes");
            }
            regions.close();
            why += ", and no living process has a region in " + settings.shmDirectory();
        } catch (TrackerException unreadable) {
            why += ", and no region can be read: " + unreadable.getMessage();
        }
        return embedded(why);
    }

    private Chosen embedded(String reason) {
        Path socket = settings.socket();
        for (int attempt = 1; ; attempt++) {
            Optional<EmbeddedTracker> running = EmbeddedTracker.running(socket);
            if (running.isPresent()) {
                return new Chosen(running.get(), reason);
            }
            try {
                return new Chosen(EmbeddedTracker.start(socket), reason);
            } catch (TrackerException taken) {
                Optional<ServerTracker> peer = ServerTracker.attachToPeer(socket);
                if (peer.isPresent()) {
                    return new Chosen(peer.get(), reason + "; another JVM's AllocationServer listens there");
                }
                if (settings.kind() == TrackerKind.AUTO && ServerTracker.isListening(socket)) {
                    return server("a server listens there");
                }
                if (attempt == ATTEMPTS || EmbeddedTracker.running(socket).isEmpty()) {
                    throw taken;
                }
            }
        }
    }

    private Chosen server(String reason) {
        Path socket = settings.socket();
        Optional<EmbeddedTracker> running = EmbeddedTracker.running(socket);
        if (running.isPresent()) {
            return new Chosen(running.get(), "this JVM serves there already");
        }
        if (settings.serverCommand().isPresent() && !ServerTracker.isListening(socket)) {
            return new Chosen(
                    ServerTracker.start(settings.serverCommand().get(), socket),
                    SettingKeys.SERVER_COMMAND + " is set");
        }
        String more = settings.serverCommand().isPresent()
                ? "; it was there before, so " + SettingKeys.SERVER_COMMAND + " was not run"
                : "";
        ServerTracker attached = settings.serverLog().isPresent()
                ? ServerTracker.attach(socket, settings.serverLog().get())
                : ServerTracker.attach(socket);
        return new Chosen(attached, reason + more);
    }

    private SharedMemoryTracker sharedMemory() {
        IntPredicate processes = settings.processes() == ProcessScope.TREE ? own : SharedMemoryTracker.ALL;
        return SharedMemoryTracker.open(settings.shmDirectory(), processes, settings.shmIgnore());
    }

    /** Closes a tracker that this made for the run; a server of this JVM stays open as long as the JVM. */
    public static void close(MemoryTracker tracker) {
        if (tracker instanceof TreeTracker tree) {
            close(tree.whole());
        } else if (tracker instanceof ServerTracker server) {
            server.close();
        } else if (tracker instanceof SharedMemoryTracker regions) {
            regions.close();
        }
    }
}
