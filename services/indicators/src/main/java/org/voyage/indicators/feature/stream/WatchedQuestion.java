package org.voyage.indicators.feature.stream;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * One question of a stream about one figure: {@code overseas-schools?by=hostCountry&period=2025}.
 *
 * @param parameters the decoded parameters after the question mark
 */
record WatchedQuestion(String code, Map<String, List<String>> parameters) {

    /** @throws Refusal.Malformed if the text is no question about a figure */
    static WatchedQuestion parse(String text) {
        int mark = text.indexOf('?');
        var code = mark < 0 ? text : text.substring(0, mark);
        if (code.isBlank() || code.contains(",")) {
            throw unreadable(text);
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (var pair :
                mark < 0 ? List.<String>of() : List.of(text.substring(mark + 1).split("&", -1))) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw unreadable(text);
            }
            parameters
                    .computeIfAbsent(decode(text, pair.substring(0, equals)), name -> new ArrayList<>())
                    .add(decode(text, pair.substring(equals + 1)));
        }
        return new WatchedQuestion(code, parameters);
    }

    private static String decode(String text, String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable(text);
        }
    }

    private static Refusal unreadable(String text) {
        return QueryRefusals.malformed(
                StreamResource.WATCH_PARAMETER,
                "watch",
                "\"" + TextFormat.shortenText(text)
                        + "\" is no question. Write the code of a figure, then its parameters in percent encoding:"
                        + " watch=overseas-schools%3Fby%3DhostCountry.",
                "“" + TextFormat.shortenText(text)
                        + "”无法识别。请写指标代码，其参数用百分号编码，如 watch=overseas-schools%3Fby%3DhostCountry。");
    }

    /** Runs work on this question; a refusal names the question and its parameter. */
    <T> T withQuestionNamed(Supplier<T> work) {
        try {
            return work.get();
        } catch (Refusal.Malformed refusal) {
            var finding = refusal.findings().isEmpty()
                    ? new Finding("", "malformed", refusal.detail(), refusal.detailZh())
                    : refusal.findings().getFirst();
            var place = code + finding.pointer();
            throw new Refusal.Malformed(Finding.query(
                    StreamResource.WATCH_PARAMETER,
                    finding.rule(),
                    place + ": " + finding.detail(),
                    place + "：" + finding.detailZh()));
        }
    }
}
