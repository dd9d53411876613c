package org.voyage.indicators.stream;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Reads what a client wants to watch: each figure, in total and in each breakdown. */
@ApplicationScoped
class StreamQueryReader {

    /** So many figures are named in a refusal. */
    private static final int SHOWN = 5;

    private final Catalogue catalogue;
    private final QueryReader queries;

    StreamQueryReader(Catalogue catalogue, QueryReader queries) {
        this.catalogue = catalogue;
        this.queries = queries;
    }

    List<FigureQuery> read(Map<String, List<String>> parameters) {
        List<String> codes = parameters.getOrDefault(StreamResource.CODE, List.of()).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .toList();
        if (codes.stream().anyMatch(String::isBlank)) {
            throw Wrong.of(
                    StreamResource.CODE,
                    "empty",
                    "code is empty or has a comma too many. Leave it out to watch every figure.",
                    "code 为空或多了逗号。如需接收全部指标，请去掉 code。");
        }
        Collection<? extends Figure> indicators = indicators(codes);
        Set<String> known = new TreeSet<>(parameters.keySet());
        known.removeIf(name -> indicators.stream()
                .noneMatch(figure -> QueryReader.parameters(figure).contains(name)));
        known.forEach(name -> isShared(name, known, indicators));
        List<FigureQuery> read = new ArrayList<>();
        for (Figure indicator : indicators) {
            FigureQuery total = queries.read(indicator, parameters, Set.of(StreamResource.CODE, "by"));
            read.add(total);
            // Whoever watches everything does not have every college looked at, by each dimension, at each event.
            if (indicator instanceof Indicator || !codes.isEmpty()) {
                for (List<By> by : breakdowns(indicator, parameters.getOrDefault("by", List.of()))) {
                    read.add(total.split(by));
                }
            }
        }
        return read;
    }

    /** All but growth when none is named: that is a question about several years. */
    private Collection<? extends Figure> indicators(List<String> codes) {
        if (codes.isEmpty()) {
            return catalogue.figures().stream()
                    .filter(figure -> !(figure instanceof Derived derived && derived.rule() instanceof Rule.Growth))
                    .toList();
        }
        Set<String> known = new LinkedHashSet<>();
        catalogue.figures().forEach(figure -> known.add(figure.code()));
        return codes.stream()
                .distinct()
                .map(code -> catalogue.find(code).orElseThrow(() -> Wrong.code(StreamResource.CODE, code, known)))
                .toList();
    }

    /** A filter that only some of them have narrows none; what none of them has, each refuses by itself. */
    private static void isShared(String parameter, Set<String> asked, Collection<? extends Figure> indicators) {
        List<Figure> with = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Figure figure : indicators) {
            if (QueryReader.parameters(figure).contains(parameter)) {
                with.add(figure);
            } else {
                without.add(figure.code());
            }
        }
        if (!without.isEmpty()) {
            List<String> fit = with.stream()
                    .filter(figure -> QueryReader.parameters(figure).containsAll(asked))
                    .map(Figure::code)
                    .toList();
            String code = StreamResource.CODE + "=" + String.join(",", first(fit));
            String more = without.size() > SHOWN ? " and " + (without.size() - SHOWN) + " more figures" : "";
            String moreZh = without.size() > SHOWN ? " 等 " + without.size() + " 个" : "";
            throw Wrong.of(
                    parameter,
                    "unknown-parameter",
                    "It is no parameter of " + String.join(", ", first(without)) + more + "; "
                            + (fit.isEmpty()
                                    ? "no figure has all that is asked for."
                                    : "name figures that have it, such as " + code + "."),
                    "以下指标没有此参数：" + String.join("、", first(without)) + moreZh + "；"
                            + (fit.isEmpty() ? "没有指标同时具有所请求的全部参数。" : "请用 code 指定有此参数的指标，如 " + code + "。"));
        }
    }

    private static List<String> first(List<String> codes) {
        return codes.subList(0, Math.min(SHOWN, codes.size()));
    }

    private List<List<By>> breakdowns(Figure indicator, List<String> values) {
        if (values.isEmpty()) {
            return indicator.dimensions().stream()
                    .map(dimension -> List.<By>of(new By.Dimension(dimension)))
                    .toList();
        }
        List<List<By>> breakdowns = new ArrayList<>();
        for (String value : values) {
            List<By> by = queries.by(indicator, List.of(value));
            if (by.stream().anyMatch(By.Year.class::isInstance)) {
                throw new Refusal.Malformed(
                        Finding.query("by", "year-in-stream", "The stream is about one period.", "推送仅针对一个期间，不能按年度划分。"));
            }
            breakdowns.add(by);
        }
        return breakdowns;
    }
}
