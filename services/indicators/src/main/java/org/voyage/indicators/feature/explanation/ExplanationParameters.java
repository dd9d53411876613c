package org.voyage.indicators.feature.explanation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.voyage.indicators.query.QueryRefusals;

/** Parameter checks that all explanation requests share. */
final class ExplanationParameters {

    private ExplanationParameters() {}

    /** Accepts the parameters of values, without {@code by}: a request explains one value. */
    static void requireOneValue(Map<String, List<String>> parameters) {
        if (parameters.containsKey("by")) {
            throw QueryRefusals.malformed(
                    "by",
                    "one-value",
                    "One value is explained at a time: filter instead of splitting.",
                    "一次只能解释一个数值，请使用筛选条件代替分组。");
        }
    }

    /** Formats the parameters that decide the value, for the name of a cursor's list. */
    static String formatParameters(Map<String, List<String>> parameters, Set<String> but) {
        Map<String, List<String>> sorted = new TreeMap<>(parameters);
        sorted.keySet().removeAll(but);
        return sorted.toString();
    }
}
