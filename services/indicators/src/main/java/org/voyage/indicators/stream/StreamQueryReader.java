package org.voyage.indicators.stream;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

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
        parameters.keySet().forEach(name -> isShared(name, indicators));
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
    private static void isShared(String parameter, Collection<? extends Figure> indicators) {
        List<String> with = new ArrayList<>();
        List<String> without = new ArrayList<>();
        indicators.forEach(
                figure -> (QueryReader.parameters(figure).contains(parameter) ? with : without).add(figure.code()));
        if (!with.isEmpty() && !without.isEmpty()) {
            String more = without.size() > SHOWN ? " and " + (without.size() - SHOWN) + " more" : "";
            String moreZh = without.size() > SHOWN ? " 等 " + without.size() + " 个指标" : "";
            String code = StreamResource.CODE + "=" + String.join(",", first(with));
            throw Wrong.of(
                    parameter,
                    "unknown-parameter",
                    "Not every figure has it: not " + String.join(", ", first(without)) + more
                            + ". Name figures that have it, such as " + code + ".",
                    "并非每个指标都有此参数：" + String.join("、", first(without)) + moreZh + "没有。请指定有此参数的指标，如 " + code + "。");
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
