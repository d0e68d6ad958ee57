package io.github.ttmemorycheck.internal.message;

import io.github.ttmemorycheck.internal.settings.SettingKeys;
import io.github.ttmemorycheck.internal.text.PlainText;
import io.github.ttmemorycheck.internal.text.Wrapping;
import java.util.ArrayList;
import java.util.List;

/** Writes as text why something could not be checked. */
public final class InconclusiveText {

    private InconclusiveText() {}

    /** Writes the whole message of a test or class that fails for it. */
    public static String render(Inconclusive inconclusive) {
        return render(inconclusive, true);
    }

    /**
     * Writes the whole message: several lines, beginning with the summary, without a line break at the end.
     *
     * @param fails whether the test or class fails for it, or the message is only a warning
     */
    public static String render(Inconclusive inconclusive, boolean fails) {
        List<String> lines = new ArrayList<>();
        lines.addAll(Wrapping.sentence(sentence(inconclusive)));
        lines.add("");
        lines.addAll(say("asked:  ", inconclusive.asked()));
        lines.addAll(say("found:  ", inconclusive.found()));
        String subject = inconclusive.subject().wholeClass() ? "the class" : "the test";
        lines.addAll(say(
                "so:     ",
                fails
                        ? subject + " fails, as what it left is unknown; " + SettingKeys.INCONCLUSIVE
                                + "=warn only warns"
                        : "what " + subject + " left is unknown; this is only a warning"));
        lines.addAll(say("to fix: ", inconclusive.remedy()));
        return String.join("\n", lines);
    }

    /** Writes what the message begins with, in one line. */
    public static String summary(Inconclusive inconclusive) {
        return Wrapping.oneLine(sentence(inconclusive));
    }

    private static String sentence(Inconclusive inconclusive) {
        String verb =
                inconclusive.subject().wholeClass() ? " as a whole could not be checked: " : " could not be checked: ";
        return FirstLine.of(inconclusive.subject().name(), verb, List.of(""), PlainText.escape(inconclusive.cause()));
    }

    private static List<String> say(String label, String text) {
        return Wrapping.hanging(Wrapping.INDENT + label, PlainText.escape(text));
    }
}
