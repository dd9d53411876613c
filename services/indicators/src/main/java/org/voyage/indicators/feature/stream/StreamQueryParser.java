package org.voyage.indicators.feature.stream;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Parser of stream requests: each figure, in total and in each breakdown that is asked for. */
@ApplicationScoped
class StreamQueryParser {

    /** Maximum number of figures that a refusal names. */
    private static final int MAX_SHOWN_FIGURES = 5;

    /** Value of {@code by} that asks for totals alone. */
    private static final String NO_BREAKDOWN = "none";

    private final FigureCatalogue catalogue;
    private final FigureQueryParser queries;

    StreamQueryParser(FigureCatalogue catalogue, FigureQueryParser queries) {
        this.catalogue = catalogue;
        this.queries = queries;
    }

    /** @throws Refusal.Malformed when a parameter is invalid */
    List<FigureQuery> parse(Map<String, List<String>> parameters) {
        List<String> watched = parameters.getOrDefault(StreamResource.WATCH_PARAMETER, List.of());
        return watched.isEmpty() ? parseShared(parameters) : parseWatched(watched, parameters.keySet());
    }

    /** Parses questions of which each has its own parameters. */
    private List<FigureQuery> parseWatched(List<String> watched, Set<String> names) {
        if (names.size() > 1) {
            throw QueryRefusals.malformed(
                    StreamResource.WATCH_PARAMETER,
                    "watch-alone",
                    "With watch there is no other parameter: each question has its own.",
                    "使用 watch 时不能有其他参数：每个问题各带自己的参数。");
        }
        List<FigureQuery> read = new ArrayList<>();
        for (String text : watched) {
            WatchedQuestion question = WatchedQuestion.parse(text);
            Figure figure = parseFigures(List.of(question.code()), StreamResource.WATCH_PARAMETER)
                    .iterator()
                    .next();
            read.addAll(
                    question.withQuestionNamed(() -> parseFigure(figure, question.parameters(), Set.of("by"), true)));
        }
        requireDistinguishable(read);
        return read;
    }

    /** Refuses questions that differ in filters only, because an event names the figure, the period and the slice. */
    private static void requireDistinguishable(List<FigureQuery> queries) {
        Map<List<Object>, Map<String, String>> filters = new HashMap<>();
        for (FigureQuery query : queries) {
            List<Object> shown = List.of(query.figure().code(), query.period());
            Map<String, String> filter = query.formatFilters();
            if (!filters.computeIfAbsent(shown, key -> filter).equals(filter)) {
                throw QueryRefusals.malformed(
                        StreamResource.WATCH_PARAMETER,
                        "watch-ambiguous",
                        "Two questions about " + query.figure().code()
                                + " differ in their filters only: an event would not say which of them it is about. Open a"
                                + " stream for each, or split by the dimension.",
                        query.figure().code() + " 的两个问题仅筛选条件不同，推送无法区分。请分别建立连接，或按该维度划分。");
            }
        }
    }

    private List<FigureQuery> parseShared(Map<String, List<String>> parameters) {
        List<String> codes = parameters.getOrDefault(StreamResource.CODE_PARAMETER, List.of()).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .toList();
        if (codes.stream().anyMatch(String::isBlank)) {
            throw QueryRefusals.malformed(
                    StreamResource.CODE_PARAMETER,
                    "empty",
                    "code is empty or has a comma too many. Leave it out to watch every figure.",
                    "code 为空或多了逗号。如需接收全部指标，请去掉 code。");
        }
        Collection<? extends Figure> indicators = parseFigures(codes, StreamResource.CODE_PARAMETER);
        Set<String> known = new TreeSet<>(parameters.keySet());
        known.removeIf(name -> indicators.stream()
                .noneMatch(figure -> FigureQueryParser.allowedParameters(figure).contains(name)));
        known.forEach(name -> requireShared(name, known, indicators));
        List<FigureQuery> read = new ArrayList<>();
        for (Figure indicator : indicators) {
            // Without named figures a derived figure has only its total. Its breakdowns would read every college by
            // each dimension at each event.
            read.addAll(parseFigure(
                    indicator,
                    parameters,
                    Set.of(StreamResource.CODE_PARAMETER, "by"),
                    indicator instanceof CountedFigure || !codes.isEmpty()));
        }
        return read;
    }

    /** @param also parameters that {@link FigureQueryParser} leaves to this parser */
    private List<FigureQuery> parseFigure(
            Figure figure, Map<String, List<String>> parameters, Set<String> also, boolean breaksDown) {
        FigureQuery total = queries.parse(figure, parameters, also);
        List<FigureQuery> read = new ArrayList<>(List.of(total));
        if (breaksDown) {
            for (List<Breakdown> by : parseBreakdowns(figure, parameters.getOrDefault("by", List.of()))) {
                read.add(total.withBreakdowns(by));
            }
        }
        return read;
    }

    /** Returns the named figures; without names all but growth, which is about several years. */
    private Collection<? extends Figure> parseFigures(List<String> codes, String parameter) {
        if (codes.isEmpty()) {
            return catalogue.figures().stream()
                    .filter(figure -> !(figure instanceof DerivedFigure derived
                            && derived.rule() instanceof DerivationRule.GrowthRule))
                    .toList();
        }
        Set<String> known = new LinkedHashSet<>();
        catalogue.figures().forEach(figure -> known.add(figure.code()));
        return codes.stream()
                .distinct()
                .map(code ->
                        catalogue.findFigure(code).orElseThrow(() -> QueryRefusals.unknownCode(parameter, code, known)))
                .toList();
    }

    /**
     * Refuses a filter that only some of the figures have. The parser of each figure refuses a filter that none has.
     */
    private static void requireShared(String parameter, Set<String> asked, Collection<? extends Figure> indicators) {
        List<Figure> with = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Figure figure : indicators) {
            if (FigureQueryParser.allowedParameters(figure).contains(parameter)) {
                with.add(figure);
            } else {
                without.add(figure.code());
            }
        }
        if (!without.isEmpty()) {
            List<String> fit = with.stream()
                    .filter(figure ->
                            FigureQueryParser.allowedParameters(figure).containsAll(asked))
                    .map(Figure::code)
                    .toList();
            String code = StreamResource.CODE_PARAMETER + "=" + String.join(",", firstShown(fit));
            String more = without.size() > MAX_SHOWN_FIGURES
                    ? " and " + (without.size() - MAX_SHOWN_FIGURES) + " more figures"
                    : "";
            String moreZh = without.size() > MAX_SHOWN_FIGURES ? " 等 " + without.size() + " 个" : "";
            throw QueryRefusals.malformed(
                    parameter,
                    "unknown-parameter",
                    "It is no parameter of " + String.join(", ", firstShown(without)) + more + "; "
                            + (fit.isEmpty()
                                    ? "no figure has all that is asked for."
                                    : "name figures that have it, such as " + code + "."),
                    "以下指标没有此参数：" + String.join("、", firstShown(without)) + moreZh + "；"
                            + (fit.isEmpty() ? "没有指标同时具有所请求的全部参数。" : "请用 code 指定有此参数的指标，如 " + code + "。"));
        }
    }

    private static List<String> firstShown(List<String> codes) {
        return codes.subList(0, Math.min(MAX_SHOWN_FIGURES, codes.size()));
    }

    private List<List<Breakdown>> parseBreakdowns(Figure figure, List<String> values) {
        if (values.isEmpty()) {
            return figure.dimensions().stream()
                    .map(dimension -> List.<Breakdown>of(new Breakdown.DimensionBreakdown(dimension)))
                    .toList();
        }
        if (values.equals(List.of(NO_BREAKDOWN))) {
            return List.of();
        }
        List<List<Breakdown>> breakdowns = new ArrayList<>();
        for (String value : values) {
            List<Breakdown> by = queries.parseBreakdown(figure, List.of(value));
            if (by.stream().anyMatch(Breakdown.YearBreakdown.class::isInstance)) {
                throw new Refusal.Malformed(
                        Finding.query("by", "year-in-stream", "The stream is about one period.", "推送仅针对一个期间，不能按年度划分。"));
            }
            breakdowns.add(by);
        }
        return breakdowns;
    }
}
