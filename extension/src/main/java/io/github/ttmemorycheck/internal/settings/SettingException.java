package io.github.ttmemorycheck.internal.settings;

import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wrapping;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A setting is not allowed. The message names the key, the value and what is allowed, in lines of a terminal. */
public final class SettingException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private SettingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static SettingException refused(String why) {
        return refused(why, null);
    }

    static SettingException refused(String why, @Nullable Throwable cause) {
        return new SettingException(wrapped(why), cause);
    }

    /** Makes the exception from lines that are wrapped already. */
    static SettingException ofLines(String lines) {
        return new SettingException(lines, null);
    }

    static String wrapped(String text) {
        return String.join("\n", Wrapping.sentence(PlainText.escape(text)));
    }
}
