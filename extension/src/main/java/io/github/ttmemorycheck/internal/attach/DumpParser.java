package io.github.ttmemorycheck.internal.attach;

import io.github.ttmemorycheck.internal.attach.ParsedDump.Listed;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import io.github.ttmemorycheck.snapshot.MemoryPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dumps out of a server's output, line by line. Lines of other events may come between those of a dump and are
 * ignored; a line that begins as one of a dump and goes on otherwise is ignored and counted. Does no I/O; not
 * thread-safe.
 */
final class DumpParser {

    private static final String TITLE = "REMAINING ALLOCATED BUFFERS";
    private static final String NOTHING = "No buffers remaining";
    private static final String NUMBER = "(\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)";
    private static final Pattern TOTAL = Pattern.compile("Total tracked allocations: (\\d{1,18})");
    private static final Pattern DEVICE = Pattern.compile("Device (-?\\d{1,9}):");
    private static final Pattern KIND = Pattern.compile("(\\w+): (\\d{1,18}) buffers?, " + NUMBER + " MB total");
    private static final Pattern BUFFER = Pattern.compile("- Buffer (0[xX][0-9a-fA-F]{1,16}|\\d{1,20}): " + NUMBER
            + " KB \\(PID (-?\\d{1,9}), ref_count=(\\d{1,18})\\)");
    private static final Pattern END = Pattern.compile("Total remaining buffers: (\\d{1,18})");
    private static final Pattern PART =
            Pattern.compile("(- Buffer|Device -?\\d|Total tracked|Total remaining|\\w+: \\d+ buffer).*");
    private static final int KIB = 1024;

    private List<Listed> buffers = new ArrayList<>();
    private Map<MemoryPool, Long> counts = new HashMap<>();
    private boolean inside;
    private long total;
    private int malformed;
    private @Nullable Integer device;
    private @Nullable MemoryPool pool;

    /** Takes a line; returns the dump that ends with it, if one does. */
    Optional<ParsedDump> line(String raw) {
        String line = raw.strip();
        if (line.contains(TITLE)) {
            begin();
        } else if (line.contains(NOTHING)) {
            inside = false;
            return Optional.of(new ParsedDump(List.of(), Map.of(), 0, 0));
        } else if (inside && END.matcher(line).matches()) {
            inside = false;
            return Optional.of(new ParsedDump(buffers, counts, total, malformed));
        } else if (inside && PART.matcher(line).matches() && !take(line)) {
            malformed++;
        }
        return Optional.empty();
    }

    private void begin() {
        inside = true;
        buffers = new ArrayList<>();
        counts = new HashMap<>();
        total = -1;
        malformed = 0;
        device = null;
        pool = null;
    }

    private boolean take(String line) {
        Matcher matcher = TOTAL.matcher(line);
        if (matcher.matches()) {
            total = Long.parseLong(matcher.group(1));
            return true;
        }
        matcher = DEVICE.matcher(line);
        if (matcher.matches()) {
            device = Integer.valueOf(matcher.group(1));
            pool = null;
            return true;
        }
        matcher = KIND.matcher(line);
        return matcher.matches() ? kind(matcher) : buffer(BUFFER.matcher(line));
    }

    private boolean kind(Matcher matcher) {
        Optional<MemoryKind> kind = MemoryKind.byName(matcher.group(1));
        if (device == null || kind.isEmpty()) {
            return false;
        }
        pool = new MemoryPool(device, kind.get());
        counts.put(pool, Long.valueOf(matcher.group(2)));
        return true;
    }

    private boolean buffer(Matcher matcher) {
        MemoryPool here = pool;
        if (!matcher.matches() || here == null) {
            return false;
        }
        String id = matcher.group(1);
        try {
            long address = id.length() > 1 && (id.charAt(1) | 0x20) == 'x'
                    ? Long.parseUnsignedLong(id.substring(2), 16)
                    : Long.parseUnsignedLong(id);
            buffers.add(new Listed(
                    here,
                    address,
                    Math.round(Double.parseDouble(matcher.group(2)) * KIB),
                    Integer.parseInt(matcher.group(3)),
                    Math.max(1, Long.parseLong(matcher.group(4)))));
            return true;
        } catch (NumberFormatException tooLarge) {
            return false;
        }
    }
}
