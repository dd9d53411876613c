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
        List<FigureQuery> read = new ArrayList<>();
        for (Figure indicator : indicators(codes)) {
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
