package io.github.ttmemorycheck.internal.sharedmemory;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.snapshot.TrackerException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The regions of a directory, each opened once, and anew when its path names another file.
 *
 * <p>Listing costs more than reading what is listed. A directory's time of change shows whether a file appeared, went
 * or was replaced, but it ticks every few milliseconds only: it is trusted once it has stayed the same for longer than
 * that, up to a listing that found it so. Not thread-safe.
 */
final class RegionDirectory implements AutoCloseable {

    /** Several times as long as the coarsest clock that files are stamped with. */
    private static final long TICK_NANOS = 50_000_000;

    private final Path directory;
    private final RetryLimit limit;
    private final KnownProcesses processes;
    private final Set<String> ignored;
    private final TreeMap<Path, Region> regions = new TreeMap<>();
    private final List<Region> gone = new ArrayList<>();
    private final Set<Path> refused = new TreeSet<>();
    private @Nullable FileTime changed;
    private long firstSeenNanos;
    private boolean trusted;

    RegionDirectory(Path directory, RetryLimit limit, Set<String> ignored, KnownProcesses processes) {
        this.processes = processes;
        this.directory = directory;
        this.ignored = ignored;
        this.limit = limit;
    }

    Collection<Region> regions() {
        return regions.values();
    }

    /** Returns the regions that went since this was asked last; closed by the caller. */
    List<Region> takeGone() {
        List<Region> taken = List.copyOf(gone);
        gone.clear();
        return taken;
    }

    /** Finds the regions that there are; looks anew at least where that is asked for, or the directory has changed. */
    void refresh(boolean thorough) {
        long now = limit.nanoTime().getAsLong();
        FileTime time = lastChange();
        if (trusted && !thorough && time.equals(changed)) {
            return;
        }
        trusted = false;
        list();
        if (!time.equals(changed)) {
            changed = time;
            firstSeenNanos = now;
        } else {
            trusted = now - firstSeenNanos > TICK_NANOS;
        }
    }

    private FileTime lastChange() {
        try {
            return Files.readAttributes(directory, BasicFileAttributes.class).lastModifiedTime();
        } catch (IOException e) {
            throw unlisted(e);
        }
    }

    private void list() {
        Set<Path> found = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path file : entries) {
                Optional<Long> chip =
                        RegionLayout.chip(file).filter(number -> !ignored.contains(Long.toUnsignedString(number)));
                if (chip.isPresent() && isOpen(file, chip.get())) {
                    found.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw unlisted(e);
        }
        regions.values().stream()
                .filter(region -> !found.contains(region.file().path()))
                .forEach(gone::add);
        regions.keySet().retainAll(found);
    }

    private boolean isOpen(Path file, long chip) {
        Region known = regions.get(file);
        if (known != null) {
            Optional<Object> key = RegionFile.key(file);
            if (key.isEmpty()) {
                return false;
            }
            if (known.file().hasKey(key.get())) {
                return true;
            }
            regions.remove(file);
            gone.add(known);
        }
        Optional<Long> other = RegionFile.otherOwner(file);
        if (other.isPresent()) {
            refuse(file, other.get());
            return false;
        }
        Optional<RegionFile> opened = RegionFile.open(file);
        opened.ifPresent(open -> regions.put(file, new Region(open, chip, limit, processes.ownersOf(open))));
        return opened.isPresent();
    }

    /** Says once that a region is somebody else's: it decides nothing here. */
    private void refuse(Path file, long owner) {
        if (refused.add(file)) {
            UnreadableRegion.log()
                    .warn("the shared-memory region " + file + " is left out: it belongs to user " + owner
                            + ", and only those of this user and of root count");
        }
    }

    /** Returns the regions of other users that were found so far. */
    Set<Path> refused() {
        return refused;
    }

    private TrackerException unlisted(Exception e) {
        return UnreadableRegion.because(
                "the directory " + directory + " cannot be listed (" + Objects.requireNonNullElse(e.getCause(), e)
                        + "); " + SettingKeys.SHM_DIRECTORY
                        + " names the one the runtime writes to, /dev/shm as a rule",
                e);
    }

    @Override
    public void close() {
        regions.values().forEach(Region::close);
        gone.forEach(Region::close);
        regions.clear();
        gone.clear();
    }
}
