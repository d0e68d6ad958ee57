package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wrapping;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.description.Description;
import org.assertj.core.error.DescriptionFormatter;
import org.assertj.core.error.ErrorMessageFactory;
import org.assertj.core.presentation.Representation;
import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * The message of an assertion that failed, word by word: a command line in it is never taken for a format, and the
 * representation chosen for an assertion does not change its figures.
 */
record PlainMessage(String text) implements ErrorMessageFactory {

    /** What the lines below the first begin with. */
    private static final Pattern LABEL = Pattern.compile(" +(?:[a-z ]+: +)?");

    @Override
    public String create(@Nullable Description description, Representation chosen) {
        return (DescriptionFormatter.instance().format(description) + text)
                .lines()
                .flatMap(line -> wrapped(line).stream())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String create(@Nullable Description description) {
        return create(description, StandardRepresentation.STANDARD_REPRESENTATION);
    }

    @Override
    public String create() {
        return create(null);
    }

    private static List<String> wrapped(String line) {
        if (PlainText.width(line) <= Wrapping.COLUMNS) {
            return List.of(line);
        }
        Matcher label = LABEL.matcher(line);
        return label.lookingAt() && label.end() > 0
                ? Wrapping.hanging(label.group(), line.substring(label.end()))
                : Wrapping.sentence(line);
    }
}
