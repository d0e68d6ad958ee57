package io.github.ttmemorycheck.internal.sources;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.attach.ServerTracker;
import io.github.ttmemorycheck.internal.devices.DeviceTracker;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Opens the trackers of a run: by default all that there are, for as long as the run lasts. At the socket a server of
 * this JVM comes first, then one that somebody else runs, then a new one.
 *
 * @param own whose memory counts, where not all processes do
 * @param devices the devices that are there when it is asked for
 */
public record TrackerChoice(
        TrackerSettings settings, ProcessTree own, Supplier<? extends Collection<? extends TtDevice>> devices) {

    /** Two JVMs may find nobody and start at the same time: who comes second then finds the first's server. */
    private static final int ATTEMPTS = 5;

    /** A tracker, open, and why it was chosen. */
    public record Chosen(MemoryTracker tracker, String reason) {}

    /** What has been opened so far, and what could not be. */
    private final class Opened {

        private final List<Source> sources = new ArrayList<>();
        private final List<JoinedTracker.Missing> missing = new ArrayList<>();
        private String reason = "it is set";

        void add(String name, boolean dispensable, boolean needed, String absence, Supplier<Chosen> open) {
            Chosen chosen;
            try {
                chosen = open.get();
            } catch (TrackerException closed) {
                if (!settings.isAuto()) {
                    close();
                    throw closed;
                }
                missing.add(
                        new JoinedTracker.Missing(name, closed, needed && !ServerTracker.isForeign(settings.socket())));
                return;
            }
            sources.add(new Source(
                    name, narrowed(chosen.tracker()), dispensable && settings.isAuto(), unlessNamed(absence)));
            if (sources.size() == 1) {
                reason = chosen.reason();
            }
        }

        void close() {
            sources.forEach(source -> TrackerChoice.close(source.tracker()));
        }
    }

    /**
     * Opens the trackers.
     *
     * @throws TrackerException when none can be opened, or one cannot that is asked for by name; with the way out
     */
    public Chosen open() {
        Opened opened = new Opened();
        if (settings.wants(TrackerKind.EMBEDDED) || settings.wants(TrackerKind.SERVER)) {
            opened.add(
                    "the socket " + settings.socket(),
                    false,
                    true,
                    "nobody reports to the socket " + settings.socket()
                            + ": with a runtime that does, each buffer would be named with its process",
                    this::socket);
        }
        if (settings.wants(TrackerKind.SHM)) {
            opened.add(
                    "the regions of " + settings.shmDirectory(),
                    true,
                    false,
                    "no region in " + settings.shmDirectory()
                            + " tells of a device: what a process holds that reports to no server cannot be seen",
                    () -> new Chosen(
                            sharedMemory(), settings.isAuto() ? "no other source could be opened" : "it is set"));
        }
        if (opened.sources.isEmpty() && opened.missing.isEmpty()) {
            return new Chosen(new DeviceTracker(devices), "it is set");
        }
        if (opened.sources.isEmpty()) {
            throw opened.missing.get(0).why();
        }
        opened.missing.forEach(missing -> Source.log()
                .warn("the others go on without " + missing.name() + ": "
                        + missing.why().getMessage()));
        boolean alone = !settings.isAuto() && opened.sources.size() == 1;
        MemoryTracker tracker =
                alone ? opened.sources.get(0).tracker() : new JoinedTracker(opened.sources, opened.missing);
        return new Chosen(
                new AllocatorTracker(
                        tracker,
                        settings.wants(TrackerKind.DEVICE)
                                ? new DeviceTracker(devices)
                                : DeviceTracker.ofClosings(devices),
                        own::isOfRun,
                        unlessNamed("no device lists its buffers, TtDevice.allocatedBuffers(): what is neither reported"
                                + " to a server nor written to a region cannot be seen")),
                opened.reason);
    }

    /** Who names sources knows what the others would add. */
    private String unlessNamed(String absence) {
        return settings.isAuto() ? absence : "";
    }

    /** Narrows a tracker to the processes that count. */
    private MemoryTracker narrowed(MemoryTracker tracker) {
        if (tracker.knowsBuffers()) {
            own.askAboutOthers(tracker::isOfAnotherRun);
        }
        if (settings.processes() == ProcessScope.ALL || tracker instanceof SharedMemoryTracker) {
            return tracker;
        }
        if (settings.processes() == ProcessScope.RUN) {
            return tracker.knowsBuffers() ? new RunTracker(tracker, own::isOfRun) : tracker;
        }
        if (!tracker.knowsBuffers()) {
            close(tracker);
            throw new TrackerException(
                    "the server does not know whose memory it is",
                    "memory of this JVM and its descendants alone, since " + SettingKeys.PROCESSES + "=tree",
                    tracker.description(),
                    "set " + SettingKeys.PROCESSES + "=all, or use the embedded tracker",
                    null);
        }
        return new TreeTracker(tracker, own);
    }

    /** Opens what is at the socket; who served there may have ended while it was asked, and left room for this one. */
    private Chosen socket() {
        for (int attempt = 1; ; attempt++) {
            boolean served = ServerTracker.isListening(settings.socket());
            try {
                return atSocket();
            } catch (TrackerException gone) {
                if (attempt == ATTEMPTS || !served || ServerTracker.isListening(settings.socket())) {
                    throw gone;
                }
            }
        }
    }

    private Chosen atSocket() {
        Path socket = settings.socket();
        if (!settings.wants(TrackerKind.SERVER)) {
            return embedded("it is set");
        }
        if (!settings.wants(TrackerKind.EMBEDDED)) {
            return server("it is set");
        }
        if (EmbeddedTracker.running(socket).isPresent()) {
            return embedded("this JVM serves there already");
        }
        return settings.serverCommand().isPresent() || ServerTracker.isListening(socket)
                ? server("a server listens there")
                : embedded("nobody listens there");
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
                if (settings.wants(TrackerKind.SERVER) && ServerTracker.isListening(socket)) {
                    return server("a server listens there");
                }
                boolean byAnother = EmbeddedTracker.running(socket).isEmpty() && ServerTracker.isListening(socket);
                if (attempt == ATTEMPTS || byAnother) {
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
        IntPredicate processes = switch (settings.processes()) {
            case RUN -> own::isOfRun;
            case TREE -> own;
            case ALL -> SharedMemoryTracker.ALL;
        };
        return SharedMemoryTracker.open(settings.shmDirectory(), processes, settings.shmIgnore());
    }

    /** Closes a tracker that this made for the run; a server of this JVM stays open as long as the JVM. */
    public static void close(MemoryTracker tracker) {
        if (tracker instanceof TreeTracker tree) {
            close(tree.whole());
        } else if (tracker instanceof RunTracker run) {
            run.forget();
            close(run.whole());
        } else if (tracker instanceof AllocatorTracker held) {
            close(held.whole());
        } else if (tracker instanceof JoinedTracker joined) {
            joined.close();
        } else if (tracker instanceof ServerTracker server) {
            server.close();
        } else if (tracker instanceof SharedMemoryTracker regions) {
            regions.close();
        }
    }
}
