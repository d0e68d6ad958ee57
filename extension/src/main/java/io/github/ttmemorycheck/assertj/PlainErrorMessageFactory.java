package io.github.ttmemorycheck.assertj;

import java.util.Arrays;
import org.assertj.core.error.BasicErrorMessageFactory;

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
}
