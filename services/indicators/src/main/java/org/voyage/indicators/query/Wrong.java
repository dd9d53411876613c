package org.voyage.indicators.query;

import java.util.Collection;
import java.util.Optional;
import org.voyage.indicators.reference.CodeList;
import org.voyage.indicators.reference.Label;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** The refusals of a question, in both languages. */
public final class Wrong {

    private static final int SHOWN = 60;
    private static final String CODE_UNKNOWN = "code-unknown";

    private Wrong() {}

    static Refusal parameter(String name, Collection<String> known) {
        Optional<String> meant = nearest(name, known);
        return of(
                shown(name),
                "unknown-parameter",
                "There is no such parameter." + meant(meant, known),
                "没有此查询参数。" + meantZh(meant, known));
    }

    static Refusal dimension(String parameter, String name, Collection<String> known) {
        Optional<String> meant = nearest(name, known);
        return of(
                parameter,
                "dimension-unknown",
                "The indicator has no dimension \"" + shown(name) + "\"." + meant(meant, known),
                "该指标没有维度“" + shown(name) + "”。" + meantZh(meant, known));
    }

    public static Refusal code(String parameter, String code, Collection<String> known) {
        Optional<String> meant = nearest(code, known);
        return of(
                parameter,
                CODE_UNKNOWN,
                "\"" + shown(code) + "\" is not a code of " + parameter + "." + meant(meant, known),
                "“" + shown(code) + "”不是 " + parameter + " 的有效代码。" + meantZh(meant, known));
    }

    /** A code that may be one by its name, or as others write it: with two letters, say. */
    static Refusal code(String parameter, String code, CodeList list) {
        Optional<String> meant = list.meant(code);
        Label label = meant.map(list::label).orElse(null);
        if (label == null) {
            return code(parameter, code, list.codes());
        }
        return of(
                parameter,
                CODE_UNKNOWN,
                "\"" + shown(code) + "\" is not a code of " + parameter + "."
                        + DidYouMean.hint(label.en() + " (" + meant.get() + ")"),
                "“" + shown(code) + "”不是 " + parameter + " 的有效代码。"
                        + DidYouMean.hintZh(label.zh() + "（" + meant.get() + "）"));
    }

    public static Refusal of(String parameter, String rule, String detail, String detailZh) {
        return new Refusal.Malformed(Finding.query(parameter, rule, detail, detailZh));
    }

    /** What readers outside do not get. */
    public static Refusal outside(String parameter, String rule, String detail, String detailZh) {
        return new Refusal.Forbidden(Finding.query(parameter, rule, detail, detailZh));
    }

    public static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static Optional<String> nearest(String word, Collection<String> known) {
        return Optional.ofNullable(DidYouMean.findNearest(word, known));
    }

    private static String meant(Optional<String> meant, Collection<String> known) {
        return meant.map(word -> " Did you mean \"" + word + "\"?")
                .orElseGet(() -> known.size() > SHOWN ? "" : " Known: " + String.join(", ", known) + ".");
    }

    private static String meantZh(Optional<String> meant, Collection<String> known) {
        return meant.map(word -> "是否应为“" + word + "”？")
                .orElseGet(() -> known.size() > SHOWN ? "" : "可用：" + String.join("、", known) + "。");
    }
}
