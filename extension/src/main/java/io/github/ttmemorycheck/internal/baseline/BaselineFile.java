package io.github.ttmemorycheck.internal.baseline;

import io.github.ttmemorycheck.internal.locking.FileLocks;
import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A file of recorded baselines: a line for each subject, device and kind, sorted, so that a change can be reviewed. A
 * line is {@code 36KiB dram 0 com.example.LlamaTests.decode()}; what follows a {@code #} at the start of a line is a
 * comment. Written under a lock on the file, since several JVMs may run tests of one project.
 */
final class BaselineFile {

    private static final List<String> HEADER = List.of(
            "# Device memory that tests may leave: size, kind, device, test or class. Recorded by tt-memory-check with",
            "# " + SettingKeys.BASELINE_RECORD + "=true; without it a value only shrinks. Lines are sorted.");

    /** An update takes milliseconds; whoever holds the lock for so long hangs. */
    private static final Duration LOCKED_WITHIN = Duration.ofSeconds(10);

    private final Path path;

    /** Whose memory of which kind on which device; a subject is a test or class, with its package. */
    record Key(String subject, MemoryPool pool) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int bySubject = subject.compareTo(other.subject);
            return bySubject != 0 ? bySubject : pool.compareTo(other.pool);
        }
    }

    BaselineFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Reads the file; one that does not exist yet is empty. */
    Map<Key, Long> read() {
        try {
            return Files.exists(path) ? parse(Files.readString(path)) : Map.of();
        } catch (IOException failed) {
            throw unusable("cannot be read", failed);
        }
    }

    /** Replaces what the file holds, if that changes anything. */
    void update(UnaryOperator<Map<Key, Long>> change) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileLocks.whileLocked(path, LOCKED_WITHIN, channel -> {
                String before = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
                String after = format(change.apply(parse(before)));
                if (!after.equals(before)) {
                    channel.truncate(0);
                    ByteBuffer out = StandardCharsets.UTF_8.encode(after);
                    while (out.hasRemaining()) {
                        channel.write(out);
                    }
                }
                return after;
            });
        } catch (IOException failed) {
            throw unusable("cannot be written", failed);
        }
    }

    /** Reads a text; one that is no file of baselines is refused with the line at fault. */
    Map<Key, Long> parse(String text) {
        Map<Key, Long> values = new TreeMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.strip().split("\\s+", 4);
                try {
                    MemoryKind kind = MemoryKind.byName(parts[1]).orElseThrow();
                    MemoryPool pool = new MemoryPool(Integer.parseInt(parts[2]), kind);
                    values.put(new Key(parts[3], pool), ByteSize.parse(parts[0]).bytes());
                } catch (RuntimeException malformed) {
                    throw new BaselineFileException(
                            path + ", line " + number + ": '" + line + "' is not a recorded baseline; a line is"
                                    + " '36KiB dram 0 com.example.LlamaTests.decode()'. Correct it, or delete the file"
                                    + " and record it anew with " + SettingKeys.BASELINE_RECORD + "=true",
                            malformed);
                }
            }
        }
        return values;
    }

    /** Writes values as {@link #parse} reads them. */
    static String format(Map<Key, Long> values) {
        StringBuilder text = new StringBuilder();
        HEADER.forEach(line -> text.append(line).append('\n'));
        new TreeMap<>(values)
                .forEach((key, bytes) -> text.append(new ByteSize(bytes).exact() + " "
                        + key.pool().kind().attribute() + " " + key.pool().device() + " " + key.subject() + "\n"));
        return text.toString();
    }

    private BaselineFileException unusable(String what, IOException cause) {
        return new BaselineFileException(
                "the baseline file " + path + " (" + SettingKeys.BASELINE_FILE + ") " + what + ": " + cause, cause);
    }
}
