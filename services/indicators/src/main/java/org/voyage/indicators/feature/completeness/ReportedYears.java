package org.voyage.indicators.feature.completeness;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.HeadlineAnswer;

/**
 * Years of a figure about which provinces have reported. About any other year a flow has no value. A stock has one, because
 * earlier reports still hold; it has none where no province has ever reported.
 */
public final class ReportedYears {

    private final Figure figure;
    private final YearProgress progress;
    private final Set<String> provinces;
    private volatile @Nullable CachedHeadline cachedHeadline;

    ReportedYears(Figure figure, YearProgress progress, Set<String> provinces) {
        this.figure = figure;
        this.progress = progress;
        this.provinces = provinces;
    }

    private record CachedHeadline(int currentYear, long seriesVersion, HeadlineAnswer headline) {}

    /** Finds the headline of the figure on the day, and with the published numbers, of a calculator. */
    public HeadlineAnswer findHeadline(FigureCalculator figures) {
        CachedHeadline last = cachedHeadline;
        int currentYear = figures.today().getYear();
        if (last == null || last.currentYear() != currentYear || last.seriesVersion() != figures.seriesVersion()) {
            HeadlineRule rule = new HeadlineRule(progress, provinces, currentYear, figures::hasPublishedNumber);
            last = new CachedHeadline(currentYear, figures.seriesVersion(), rule.findHeadline(figure));
            cachedHeadline = last;
        }
        return last.headline();
    }

    /**
     * Reports about a finished year of a counted figure, and their states.
     *
     * @param provinces number of provinces that have reported
     * @param expectedProvinces number of provinces that are expected to report, those that have included
     * @param submitted number of these whose year is submitted, accepted or locked
     * @param locked number of these whose year is locked
     * @param isMostlyReported whether the year may be the headline of the figure
     */
    public record YearReports(
            int provinces, int expectedProvinces, int submitted, int locked, boolean isMostlyReported) {

        public boolean isLocked() {
            return locked == expectedProvinces;
        }
    }

    /** Counts the reports about a finished year of a counted figure. */
    public YearReports countReports(CountedFigure counted, int year) {
        HeadlineRule rule = new HeadlineRule(progress, provinces, year + 1, (series, of) -> false);
        Set<String> expected = rule.findExpected(counted, year);
        return new YearReports(
                rule.findReporting(counted, year).size(),
                expected.size(),
                countInState(expected, year, YearProgress.SUBMITTED_STATES),
                countInState(expected, year, YearProgress.LOCKED_STATES),
                rule.isMet(counted, year));
    }

    private int countInState(Set<String> of, int year, Set<String> states) {
        return (int) of.stream()
                .filter(province -> progress.isInState(province, year, states))
                .count();
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
                && (figure.reportedFigures().stream().noneMatch(Figure::isStock)
                        || progress.lastReportedYear(provinces, year).isEmpty());
    }

    /** Returns whether a count about all of these years is unknown. */
    public boolean isGap(List<Integer> group) {
        return group.stream().allMatch(this::isGap);
    }

    /**
     * Returns the years that a value is made of, in groups. The value needs a report about each group. A change also needs
     * the years that it goes back to, a growth its first and its last year, a difference each year before.
     */
    public List<List<Integer>> groupYears(List<Integer> years) {
        return switch (ruleOf(figure)) {
            case DerivationRule.ChangeRule change ->
                List.of(
                        years,
                        years.stream().map(year -> year - change.yearsBack()).toList());
            case DerivationRule.GrowthRule _ -> List.of(List.of(years.getLast()), List.of(years.getFirst()));
            case DerivationRule.DifferenceRule _ ->
                List.of(years, years.stream().map(year -> year - 1).toList());
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
