package org.voyage.indicators.preview;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.preview.PreviewAnswers.FigurePreview;
import org.voyage.indicators.preview.PreviewAnswers.RankPreview;
import org.voyage.indicators.preview.PreviewAnswers.YearPreview;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Period;
import org.voyage.indicators.reference.Reference;

/** Compares figures as they are with those that would be. */
@ApplicationScoped
class Outlook {

    private static final String PROVINCE = "province";
    private static final int MOST_RANKS = 100;

    private final Catalogue catalogue;
    private final Figures figures;
    private final Reference reference;

    Outlook(Catalogue catalogue, Figures figures, Reference reference) {
        this.catalogue = catalogue;
        this.figures = figures;
        this.reference = reference;
    }

    /** @param province the only one whose place may be shown; empty when all may */
    List<FigurePreview> moved(Cut now, Cut then, Optional<String> province) {
        List<FigurePreview> moved = new ArrayList<>();
        for (Indicator indicator : catalogue.all()) {
            // A figure that nothing was imagined about is the same object.
            if (now.tally(indicator.code()) != then.tally(indicator.code())) {
                List<YearPreview> years = years(now, then, indicator);
                List<RankPreview> ranks = ranks(now, then, indicator, years, province);
                if (!years.isEmpty() || !ranks.isEmpty()) {
                    moved.add(new FigurePreview(
                            new Heading(indicator.code(), indicator.version(), indicator.name(), indicator.unit()),
                            years,
                            ranks));
                }
            }
        }
        return moved;
    }

    private List<YearPreview> years(Cut now, Cut then, Indicator indicator) {
        FigureQuery query =
                new FigureQuery(indicator, List.of(new By.Year()), Map.of(), List.of(), new Period.Current());
        Map<String, Long> before = values(now, query, "year");
        Map<String, Long> after = values(then, query, "year");
        List<YearPreview> years = new ArrayList<>();
        for (String year : all(before, after)) {
            long was = before.getOrDefault(year, 0L);
            long is = after.getOrDefault(year, 0L);
            if (was != is) {
                years.add(new YearPreview(year, was, is, is - was));
            }
        }
        return years;
    }

    private List<RankPreview> ranks(
            Cut now, Cut then, Indicator indicator, List<YearPreview> years, Optional<String> province) {
        List<RankPreview> ranks = new ArrayList<>();
        Period period = years.isEmpty()
                ? new Period.Current()
                : new Period.Year(Integer.parseInt(years.getLast().year()));
        for (String dimension : indicator.dimensions()) {
            if (dimension.equals(PROVINCE)
                    || reference
                            .geography()
                            .countryField(indicator.dimensions())
                            .filter(dimension::equals)
                            .isPresent()) {
                FigureQuery query =
                        new FigureQuery(indicator, List.of(new By.Dimension(dimension)), Map.of(), List.of(), period);
                Map<String, Long> before = values(now, query, dimension);
                Map<String, Long> after = values(then, query, dimension);
                for (String code : all(before, after)) {
                    boolean shown = !dimension.equals(PROVINCE)
                            || province.map(code::equals).orElse(true);
                    RankPreview rank = rank(dimension, code, before, after);
                    if (shown && moved(rank) && ranks.size() < MOST_RANKS) {
                        ranks.add(rank);
                    }
                }
            }
        }
        return ranks;
    }

    private static boolean moved(RankPreview rank) {
        return rank.before() != rank.after() || !Objects.equals(rank.rankBefore(), rank.rankAfter());
    }

    private static RankPreview rank(String dimension, String code, Map<String, Long> before, Map<String, Long> after) {
        return new RankPreview(
                dimension,
                code,
                before.getOrDefault(code, 0L),
                after.getOrDefault(code, 0L),
                place(code, before),
                place(code, after));
    }

    /** Equal values have the same place. */
    private static @Nullable Integer place(String code, Map<String, Long> values) {
        Long own = values.get(code);
        return own == null
                ? null
                : 1
                        + (int) values.values().stream()
                                .filter(value -> value > own)
                                .count();
    }

    private Map<String, Long> values(Cut cut, FigureQuery query, String by) {
        Map<String, Long> values = new HashMap<>();
        for (Cell cell : figures.cells(cut, query, Optional.empty())) {
            String code = cell.at().getOrDefault(by, "");
            if (!code.equals(Dictionary.ABSENT_TEXT)) {
                values.put(code, cell.value());
            }
        }
        return values;
    }

    private static TreeSet<String> all(Map<String, Long> before, Map<String, Long> after) {
        TreeSet<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        return all;
    }
}
