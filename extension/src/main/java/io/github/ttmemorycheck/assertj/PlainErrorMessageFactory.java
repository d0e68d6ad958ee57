package io.github.ttmemorycheck.assertj;

import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wrapping;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.description.Description;
import org.assertj.core.error.BasicErrorMessageFactory;
import org.assertj.core.presentation.Representation;
import org.assertj.core.presentation.StandardRepresentation;

/** A message whose arguments appear as they are: not quoted, not in the representation chosen for an assertion. */
abstract class PlainErrorMessageFactory extends BasicErrorMessageFactory {

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
        String text = line.stripLeading();
        return text.length() == line.length()
                ? Wrapping.sentence(text)
                : Wrapping.hanging(line.substring(0, line.length() - text.length()), text);
    }
}
