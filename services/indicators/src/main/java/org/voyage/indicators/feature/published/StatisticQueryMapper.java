package org.voyage.indicators.feature.published;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.kit.problem.Refusal;

/** Mapper of published lines to the queries of the figures that compute them. */
@ApplicationScoped
public class StatisticQueryMapper {

    private final FigureCatalogue catalogue;
    private final FigureQueryParser queries;

    StatisticQueryMapper(FigureCatalogue catalogue, FigureQueryParser queries) {
        this.catalogue = catalogue;
        this.queries = queries;
    }

    /** Returns the figure that computes the line; empty when the line names no figure of the platform. */
    public Optional<Figure> findFigure(PublishedStatistic line) {
        return line.indicator().flatMap(catalogue::findFigure);
    }

    /**
     * Returns the query for the one value that is compared with the line.
     *
     * @throws Refusal.Malformed when the figure cannot answer it
     */
    public FigureQuery toQuery(Figure figure, PublishedStatistic line) {
        FigureQuery query = queries.parse(figure, parseParameters(line.slice()), Set.of());
        requireSingleValue(query);
        requireSamePeriod(query, line.period());
        return query;
    }

    /** Returns the query; empty when the figure can no longer answer it. Figures may change after a set was loaded. */
    public Optional<FigureQuery> findQuery(Figure figure, PublishedStatistic line) {
        try {
            return Optional.of(toQuery(figure, line));
        } catch (Refusal.Malformed e) {
            return Optional.empty();
        }
    }

    Set<String> figureCodes() {
        Set<String> codes = new LinkedHashSet<>();
        catalogue.figures().forEach(figure -> codes.add(figure.code()));
        return codes;
    }

    private static void requireSingleValue(FigureQuery query) {
        if (!query.breakdowns().isEmpty()) {
            throw QueryRefusals.malformed(
                    "by", "one-value", "A line is one value: filter instead of splitting.", "每行只对应一个数值，请筛选而不要分组。");
        }
    }

    /**
     * Requires equal periods, because numbers of different years are not comparable. Periods in words are not checked.
     */
    private static void requireSamePeriod(FigureQuery query, String published) {
        if (!Character.isDigit(published.charAt(0))) {
            return;
        }
        String period = published.replace("/", "..");
        String asked = query.period() instanceof PeriodFilter.CurrentPeriod
                ? ""
                : query.period().toString();
        if (!asked.equals(period)) {
            throw QueryRefusals.malformed(
                    "period",
                    "period-differs",
                    "The line is about " + published + ", the slice about " + (asked.isEmpty() ? "today" : asked)
                            + "; write period=" + period + ".",
                    "本行期间为 " + published + "，slice 却针对" + (asked.isEmpty() ? "今日" : " " + asked) + "，应写 period="
                            + period + "。");
        }
    }

    private static Map<String, List<String>> parseParameters(String slice) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : slice.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw QueryRefusals.malformed(
                        "slice",
                        "slice-form",
                        "Expected name=value, joined by &, such as period=2023&brand=luban-workshop.",
                        "应为以 & 连接的 name=value，例如 period=2023&brand=luban-workshop。");
            }
            parameters
                    .computeIfAbsent(pair.substring(0, equals), name -> new ArrayList<>())
                    .add(decode(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw QueryRefusals.malformed("slice", "slice-form", "A percent sign is written %25.", "百分号应写作 %25。");
        }
    }
}
