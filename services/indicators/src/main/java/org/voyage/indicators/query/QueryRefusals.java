package org.voyage.indicators.query;

import java.util.Collection;
import java.util.Optional;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.reference.CodeLabel;
import org.voyage.indicators.reference.CodeList;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Refusals of queries, in both languages. */
public final class QueryRefusals {

    /** A longer list of codes is left out. */
    private static final int MAX_SHOWN_CODES = 60;

    private static final String CODE_UNKNOWN = "code-unknown";

    private QueryRefusals() {}

    public static Refusal unknownParameter(String name, Collection<String> known) {
        Optional<String> meant = findNearest(name, known);
        return malformed(
                TextFormat.shortenText(name),
                "unknown-parameter",
                "There is no such parameter." + suggest(meant, known),
                "没有此查询参数。" + suggestZh(meant, known));
    }

    public static Refusal unknownDimension(String parameter, String name, Collection<String> known) {
        Optional<String> meant = findNearest(name, known);
        return malformed(
                parameter,
                "dimension-unknown",
                "The indicator has no dimension \"" + TextFormat.shortenText(name) + "\"." + suggest(meant, known),
                "该指标没有维度“" + TextFormat.shortenText(name) + "”。" + suggestZh(meant, known));
    }

    public static Refusal unknownCode(String parameter, String code, Collection<String> known) {
        Optional<String> meant = findNearest(code, known);
        return malformed(
                parameter,
                CODE_UNKNOWN,
                "\"" + TextFormat.shortenText(code) + "\" is not a code of " + parameter + "." + suggest(meant, known),
                "“" + TextFormat.shortenText(code) + "”不是 " + parameter + " 的有效代码。" + suggestZh(meant, known));
    }

    /**
     * Refuses an unknown code, and suggests a code with this name or in another notation, for instance with two
     * letters.
     */
    public static Refusal unknownCode(String parameter, String code, CodeList list) {
        Optional<String> meant = list.findMeant(code);
        CodeLabel label = meant.map(list::labelOf).orElse(null);
        if (label == null) {
            return unknownCode(parameter, code, list.codes());
        }
        return malformed(
                parameter,
                CODE_UNKNOWN,
                "\"" + TextFormat.shortenText(code) + "\" is not a code of " + parameter + "."
                        + DidYouMean.hint(label.en() + " (" + meant.get() + ")"),
                "“" + TextFormat.shortenText(code) + "”不是 " + parameter + " 的有效代码。"
                        + DidYouMean.hintZh(label.zh() + "（" + meant.get() + "）"));
    }

    /** Refuses a code that does not have the form of the codes of its dimension. */
    public static Refusal malformedCode(String parameter, String code, LocalizedText form) {
        return malformed(
                parameter,
                "code-form",
                "\"" + TextFormat.shortenText(code) + "\" does not have the form of a code of " + parameter + ": "
                        + form.en() + ".",
                "“" + TextFormat.shortenText(code) + "”不符合 " + parameter + " 的代码格式：" + form.zh() + "。");
    }

    public static Refusal malformed(String parameter, String rule, String detail, String detailZh) {
        return new Refusal.Malformed(Finding.query(parameter, rule, detail, detailZh));
    }

    /** Refuses a query that external readers may not send. */
    public static Refusal forbidden(String parameter, String rule, String detail, String detailZh) {
        return new Refusal.Forbidden(Finding.query(parameter, rule, detail, detailZh));
    }

    private static Optional<String> findNearest(String word, Collection<String> known) {
        return Optional.ofNullable(DidYouMean.findNearest(word, known));
    }

    private static String suggest(Optional<String> meant, Collection<String> known) {
        return meant.map(word -> " Did you mean \"" + word + "\"?")
                .orElseGet(() -> known.size() > MAX_SHOWN_CODES ? "" : " Known: " + String.join(", ", known) + ".");
    }

    private static String suggestZh(Optional<String> meant, Collection<String> known) {
        return meant.map(word -> "是否应为“" + word + "”？")
                .orElseGet(() -> known.size() > MAX_SHOWN_CODES ? "" : "可用：" + String.join("、", known) + "。");
    }
}
