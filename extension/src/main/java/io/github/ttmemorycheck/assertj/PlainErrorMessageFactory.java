package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wrapping;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.description.Description;
import org.assertj.core.error.BasicErrorMessageFactory;
import org.assertj.core.presentation.Representation;
import org.assertj.core.presentation.StandardRepresentation;

/** A message whose arguments appear as they are: not quoted, not in the representation chosen for an assertion. */
abstract class PlainErrorMessageFactory extends BasicErrorMessageFactory {

    /** What the lines below the first begin with. */
    private static final Pattern LABEL = Pattern.compile(" +(?:[a-z ]+: +)?");

    PlainErrorMessageFactory(String format, Object... arguments) {
        super(format, plain(arguments));
    }

    private static Object[] plain(Object... arguments) {
        return Arrays.stream(arguments)
                .map(argument -> unquotedString(argument.toString()))
                .toArray();
    }

    @Override
    public String create(Description description, Representation chosen) {
        return super.create(description, StandardRepresentation.STANDARD_REPRESENTATION)
                .lines()
                .flatMap(line -> wrapped(line).stream())
                .collect(Collectors.joining("\n"));
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
