package org.voyage.indicators.published;

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
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Period;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.problem.Refusal;

/** What a published line asks of the figure that computes it. */
@ApplicationScoped
public class PublishedQuestions {

    private final Catalogue catalogue;
    private final QueryReader queries;

    PublishedQuestions(Catalogue catalogue, QueryReader queries) {
        this.catalogue = catalogue;
        this.queries = queries;
    }

    /** The figure that computes the line; empty when it names none that is here. */
    public Optional<Figure> figure(PublishedLine line) {
        return line.indicator().flatMap(catalogue::find);
    }

    /**
     * The question for the one value that stands beside the line.
     *
     * @throws Refusal.Malformed when the figure cannot answer it
     */
    public FigureQuery read(Figure figure, PublishedLine line) {
        FigureQuery query = queries.read(figure, parameters(line.slice()), Set.of());
        checkOne(query);
        checkPeriod(query, line.period());
        return query;
    }

    /** The same, or empty when the figure cannot answer it any more: figures change after a set was loaded. */
    public Optional<FigureQuery> find(Figure figure, PublishedLine line) {
        try {
            return Optional.of(read(figure, line));
        } catch (Refusal.Malformed e) {
            return Optional.empty();
        }
    }

    Set<String> codes() {
        Set<String> codes = new LinkedHashSet<>();
        catalogue.figures().forEach(figure -> codes.add(figure.code()));
        return codes;
    }

    private static void checkOne(FigureQuery query) {
        if (!query.by().isEmpty()) {
            throw Wrong.of(
                    "by", "one-value", "A line is one value: filter instead of splitting.", "每行只对应一个数值，请筛选而不要分组。");
        }
    }

    /** A number of one year says nothing beside that of another. Lines that name their time by words are free. */
    private static void checkPeriod(FigureQuery query, String published) {
        if (!Character.isDigit(published.charAt(0))) {
            return;
        }
        String period = published.replace("/", "..");
        String asked =
                query.period() instanceof Period.Current ? "" : query.period().toString();
        if (!asked.equals(period)) {
            throw Wrong.of(
                    "period",
                    "period-differs",
                    "The line is about " + published + ", the slice about " + (asked.isEmpty() ? "today" : asked)
                            + "; write period=" + period + ".",
                    "本行期间为 " + published + "，slice 却针对" + (asked.isEmpty() ? "今日" : " " + asked) + "，应写 period="
                            + period + "。");
        }
    }

    private static Map<String, List<String>> parameters(String slice) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : slice.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw Wrong.of(
                        "slice",
                        "slice-form",
                        "Expected name=value, joined by &, such as period=2023&brand=luban-workshop.",
                        "应为以 & 连接的 name=value，例如 period=2023&brand=luban-workshop。");
            }
            parameters
                    .computeIfAbsent(pair.substring(0, equals), name -> new ArrayList<>())
                    .add(decoded(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Wrong.of("slice", "slice-form", "A percent sign is written %25.", "百分号应写作 %25。");
        }
    }
}
