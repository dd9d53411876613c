package org.voyage.indicators.feature.completeness;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;

/**
 * Years of a figure about which provinces have reported. About any other year a flow has no value. A stock has one, because
 * earlier reports still hold; it has none where no province has ever reported.
 */
public final class ReportedYears {

    private final Figure figure;
    private final YearProgress progress;
    private final Set<String> provinces;

    ReportedYears(Figure figure, YearProgress progress, Set<String> provinces) {
        this.figure = figure;
        this.progress = progress;
        this.provinces = provinces;
    }

    /** Returns whether a value compares years: then a year without a report looks like a fall to 0. */
    public static boolean comparesYears(Figure figure) {
        return switch (ruleOf(figure)) {
            case DerivationRule.ChangeRule _, DerivationRule.GrowthRule _ -> true;
            case null, default -> false;
        };
    }

    /** Returns whether the values of this figure compare years. */
    public boolean comparesYears() {
        return comparesYears(figure);
    }

    /** Returns whether a count about this year is unknown, which differs from 0. */
    public boolean isGap(int year) {
        return !progress.isReported(provinces, year)
                && (!figure.isStock()
                        || progress.lastReportedYear(provinces, year).isEmpty());
    }

    /** Returns whether a count about all of these years is unknown. */
    public boolean isGap(List<Integer> group) {
        return group.stream().allMatch(this::isGap);
    }

    /**
     * Returns the years that a value is made of, in groups. The value needs a report about each group. A change also needs
     * the years that it goes back to, a growth its first and its last year.
     */
    public List<List<Integer>> groupYears(List<Integer> years) {
        return switch (ruleOf(figure)) {
            case DerivationRule.ChangeRule change ->
                List.of(
                        years,
                        years.stream().map(year -> year - change.yearsBack()).toList());
            case DerivationRule.GrowthRule _ -> List.of(List.of(years.getLast()), List.of(years.getFirst()));
            case null, default -> List.of(years);
        };
    }

    /** Returns the last year of the first group without any report; empty when each group has one. */
    public OptionalInt findGap(List<Integer> years) {
        return groupYears(years).stream()
                .filter(this::isGap)
                .mapToInt(List::getLast)
                .findFirst();
    }

    /** Returns whether a count is 0 only because no province has reported about its years. */
    public boolean isUnknown(@Nullable BigDecimal value, List<Integer> years) {
        return (value == null || value.signum() == 0) && findGap(years).isPresent();
    }

    /** Returns the last year, up to this one, about which any of the provinces has reported; null when there is none. */
    public @Nullable Integer lastReported(int year) {
        OptionalInt last = progress.lastReportedYear(provinces, year);
        return last.isPresent() ? last.getAsInt() : null;
    }

    private static @Nullable DerivationRule ruleOf(Figure figure) {
        return figure instanceof DerivedFigure derived ? derived.rule() : null;
    }
}
