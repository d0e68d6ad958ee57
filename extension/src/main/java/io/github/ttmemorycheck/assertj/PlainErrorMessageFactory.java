package io.github.ttmemorycheck.assertj;

import java.util.Arrays;
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
        return super.create(description, StandardRepresentation.STANDARD_REPRESENTATION);
    }
}
