package io.github.ttmemorycheck.internal.sharedmemory;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a region's file, which holds the chip's number. Any other name is that of somebody else's file. */
final class RegionName {

    private static final Pattern NAME = Pattern.compile("tt_device_(0|[1-9][0-9]{0,19})_memory");

    private RegionName() {}

    /** Returns the chip's number, unsigned, or empty when the file is not a region. */
    static Optional<Long> chip(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseUnsignedLong(matcher.group(1)));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }
}
