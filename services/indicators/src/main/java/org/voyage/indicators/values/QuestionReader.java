package org.voyage.indicators.values;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Receipts;
import org.voyage.indicators.query.Sights;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Reads what is asked of one figure or of several; of several, each refusal names the figure. */
@ApplicationScoped
class QuestionReader {

    static final String FIGURE = "figure";

    private static final int MOST = 50;
    private static final Set<String> ALSO = also();

    private final Catalogue catalogue;
    private final QueryReader queries;

    QuestionReader(Catalogue catalogue, QueryReader queries) {
        this.catalogue = catalogue;
        this.queries = queries;
    }

    private static Set<String> also() {
        Set<String> also = new LinkedHashSet<>(Wanted.PARAMETERS);
        also.addAll(List.of(Receipts.PARAMETER, Sights.AS_OF, Representation.FORMAT));
        return also;
    }

    /** @throws Refusal.Malformed when the question makes no sense */
    FigureQuery read(Figure figure, Map<String, List<String>> parameters, Wanted wanted, LocalDate today) {
        FigureQuery query = queries.read(figure, parameters, ALSO, today);
        wanted.check(query);
        return query;
    }

    /**
     * The same question to each of the figures that the parameters name.
     *
     * @param defined how the figures were defined at the moment that is asked about; what is not there is as it is today
     */
    List<FigureQuery> several(Map<String, List<String>> parameters, Catalogue defined, Wanted wanted, LocalDate today) {
        Map<String, List<String>> others = new LinkedHashMap<>(parameters);
        others.remove(FIGURE);
        List<FigureQuery> read = new ArrayList<>();
        for (Figure figure : figures(parameters.getOrDefault(FIGURE, List.of()))) {
            Figure then = defined.find(figure.code()).orElse(figure);
            read.add(naming(figure.code(), () -> read(then, others, wanted, today)));
        }
        return read;
    }

    private List<Figure> figures(List<String> values) {
        Set<String> codes = new LinkedHashSet<>();
        for (String value : values) {
            for (String code : value.split(",", -1)) {
                if (!codes.add(code)) {
                    throw Wrong.of(
                            FIGURE,
                            "repeated",
                            "It names \"" + Wrong.shown(code) + "\" twice.",
                            "重复的指标“" + Wrong.shown(code) + "”。");
                }
            }
        }
        if (codes.isEmpty() || codes.size() > MOST) {
            throw Wrong.of(FIGURE, "figures", "Name 1 to " + MOST + " figures.", "请用 figure 指定 1 至 " + MOST + " 个指标。");
        }
        Set<String> known = new LinkedHashSet<>();
        catalogue.figures().forEach(figure -> known.add(figure.code()));
        return codes.stream()
                .map(code -> catalogue.find(code).orElseThrow(() -> Wrong.code(FIGURE, code, known)))
                .toList();
    }

    /** Says of which figure a question makes no sense. */
    static <T> T naming(String code, Supplier<T> work) {
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
