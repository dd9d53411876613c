package org.voyage.indicators.feature.values;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.query.ReceiptAwaiter;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Parser of requests for one or several figures. With several figures, each refusal names the figure. */
@ApplicationScoped
class ValuesRequestParser {

    static final String FIGURE_PARAMETER = "figure";

    private static final int MAX_FIGURES = 50;
    private static final Set<String> EXTRA_PARAMETERS = extraParameters();

    private final FigureCatalogue catalogue;
    private final FigureQueryParser queries;

    ValuesRequestParser(FigureCatalogue catalogue, FigureQueryParser queries) {
        this.catalogue = catalogue;
        this.queries = queries;
    }

    private static Set<String> extraParameters() {
        Set<String> also = new LinkedHashSet<>(ResultOptions.OPTION_PARAMETERS);
        also.addAll(List.of(
                ReceiptAwaiter.RECEIPT_PARAMETER, AsOfViewResolver.AS_OF, ValuesRepresentation.FORMAT_PARAMETER));
        return also;
    }

    /** @throws Refusal.Malformed when the query is invalid */
    FigureQuery parseOne(Figure figure, Map<String, List<String>> parameters, ResultOptions options, LocalDate today) {
        FigureQuery query = queries.parse(figure, parameters, EXTRA_PARAMETERS, today);
        options.requireApplicable(query);
        return query;
    }

    /**
     * Parses the same query for each named figure.
     *
     * @param defined the definitions at the queried point in time; a missing figure has today's definition
     */
    List<FigureQuery> parseSeveral(
            Map<String, List<String>> parameters, FigureCatalogue defined, ResultOptions options, LocalDate today) {
        Map<String, List<String>> others = new LinkedHashMap<>(parameters);
        others.remove(FIGURE_PARAMETER);
        List<FigureQuery> read = new ArrayList<>();
        for (Figure figure : parseFigures(parameters)) {
            Figure then = defined.findFigure(figure.code()).orElse(figure);
            read.add(withFigureNamed(figure.code(), () -> parseOne(then, others, options, today)));
        }
        return read;
    }

    /** Returns the named figures, by the definitions of today. */
    List<Figure> parseFigures(Map<String, List<String>> parameters) {
        Set<String> codes = new LinkedHashSet<>();
        for (String value : parameters.getOrDefault(FIGURE_PARAMETER, List.of())) {
            for (String code : value.split(",", -1)) {
                if (!codes.add(code)) {
                    throw QueryRefusals.malformed(
                            FIGURE_PARAMETER,
                            "repeated",
                            "It names \"" + TextFormat.shortenText(code) + "\" twice.",
                            "重复的指标“" + TextFormat.shortenText(code) + "”。");
                }
            }
        }
        if (codes.isEmpty() || codes.size() > MAX_FIGURES) {
            throw QueryRefusals.malformed(
                    FIGURE_PARAMETER,
                    "figures",
                    "Name 1 to " + MAX_FIGURES + " figures.",
                    "请用 figure 指定 1 至 " + MAX_FIGURES + " 个指标。");
        }
        Set<String> known = new LinkedHashSet<>();
        catalogue.figures().forEach(figure -> known.add(figure.code()));
        return codes.stream()
                .map(code -> catalogue
                        .findFigure(code)
                        .orElseThrow(() -> QueryRefusals.unknownCode(FIGURE_PARAMETER, code, known)))
                .toList();
    }

    /** Adds the name of the figure to a refusal. */
    static <T> T withFigureNamed(String code, Supplier<T> work) {
        try {
            return work.get();
        } catch (Refusal.Malformed refusal) {
            if (refusal.findings().isEmpty()) {
                throw new Refusal.Malformed(code + ": " + refusal.detail(), code + "：" + refusal.detailZh());
            }
            Finding finding = refusal.findings().getFirst();
            throw new Refusal.Malformed(new Finding(
                    finding.pointer(),
                    finding.rule(),
                    code + ": " + finding.detail(),
                    code + "：" + finding.detailZh()));
        }
    }
}
