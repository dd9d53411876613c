package org.voyage.indicators.feature.completeness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.query.HeadlineAnswer;
import org.voyage.indicators.query.HeadlineAnswer.ReportedPeriod;

/**
 * Rule for the headline of a figure: the newest year about which at least 90 % of the provinces have reported that
 * reported about the compared year.
 *
 * <ul>
 *   <li>The compared year is the last year before with any report. The current year is compared with the newest year that
 *       meets the rule, so that one early province is never the measure of the others.
 *   <li>A stock is counted by days and needs no report.
 *   <li>A flow of ends, such as departures, needs the submission of the year, or a push after the year. Otherwise any push in
 *       January would make the new year the headline, with counts near 0.
 *   <li>A derived figure needs the rule for each of its inputs. A change needs it for both years, a difference for the
 *       year before, too. A share of a published number needs that number.
 * </ul>
 */
final class HeadlineRule {

    private static final int REQUIRED_PERCENT = 90;
    private static final int WHOLE_PERCENT = 100;

    private final YearProgress progress;
    private final Set<String> provinces;
    private final int firstYear;
    private final int currentYear;
    private final BiPredicate<String, Integer> published;
    private final Map<FigureYear, Set<String>> reporting = new HashMap<>();

    /**
     * @param provinces the provinces of the query
     * @param currentYear the year that is not over
     * @param published whether a series has a published number of a year
     */
    HeadlineRule(
            YearProgress progress, Set<String> provinces, int currentYear, BiPredicate<String, Integer> published) {
        this.progress = progress;
        this.provinces = provinces;
        this.firstYear = progress.firstKnownYear();
        this.currentYear = currentYear;
        this.published = published;
    }

    private record FigureYear(String figure, int year) {}

    /** Finds the headline of a figure, and counts the reports about it and about each later year that lacks reports. */
    HeadlineAnswer findHeadline(Figure figure) {
        OptionalInt headline = findYear(figure);
        List<ReportedPeriod> newer = new ArrayList<>();
        for (int year = headline.orElse(currentYear - 1) + 1; year <= currentYear; year++) {
            ReportedPeriod reports = countReports(figure, year);
            if (!isMet(figure, year) && (year == currentYear || reports.provinces() > 0)) {
                newer.add(reports);
            }
        }
        if (headline.isEmpty()) {
            return new HeadlineAnswer(null, 0, 0, newer);
        }
        ReportedPeriod reports = countReports(figure, headline.getAsInt());
        return new HeadlineAnswer(reports.period(), reports.provinces(), reports.expectedProvinces(), newer);
    }

    private OptionalInt findYear(Figure figure) {
        for (int year = currentYear; year >= Math.min(firstYear, currentYear); year--) {
            if (isMet(figure, year) && isPublished(figure, year)) {
                return OptionalInt.of(year);
            }
        }
        return OptionalInt.empty();
    }

    /** Returns whether enough provinces have reported about a year of a figure. */
    boolean isMet(Figure figure, int year) {
        return switch (figure) {
            case CountedFigure counted -> isMet(counted, year);
            case DerivedFigure derived ->
                derived.rule().operands().stream().allMatch(operand -> isMet(operand, year))
                        && isMetBefore(derived.rule(), year);
        };
    }

    /** Returns whether enough provinces have reported about the earlier year that a rule needs. */
    private boolean isMetBefore(DerivationRule rule, int year) {
        return switch (rule) {
            case DerivationRule.ChangeRule change -> isMet(change.figure(), year - change.yearsBack());
            case DerivationRule.DifferenceRule difference -> isMet(difference.reported(), year - 1);
            case DerivationRule.ShareRule _,
                    DerivationRule.PublishedShareRule _,
                    DerivationRule.SumRule _,
                    DerivationRule.GrowthRule _,
                    DerivationRule.PerCodeRule _ -> true;
        };
    }

    /** Returns whether the published number is there that a figure divides by. */
    private boolean isPublished(Figure figure, int year) {
        return !(figure instanceof DerivedFigure derived
                        && derived.rule() instanceof DerivationRule.PublishedShareRule share)
                || published.test(share.series(), year);
    }

    private boolean isMet(CountedFigure figure, int year) {
        if (figure.isStock()) {
            return true;
        }
        Set<String> here = findReporting(figure, year);
        Set<String> compared = findCompared(figure, year);
        long both = compared.stream().filter(here::contains).count();
        return !here.isEmpty() && WHOLE_PERCENT * both >= (long) REQUIRED_PERCENT * compared.size();
    }

    /** Returns the provinces that reported about the compared year; empty for the first year with a report. */
    private Set<String> findCompared(CountedFigure figure, int year) {
        for (int before = year - 1; before >= firstYear; before--) {
            Set<String> there = findReporting(figure, before);
            if (!there.isEmpty() && (year < currentYear || isMet(figure, before))) {
                return there;
            }
        }
        return Set.of();
    }

    /** Returns the provinces that have reported about a year, a flow about the whole of it. */
    Set<String> findReporting(CountedFigure figure, int year) {
        return reporting.computeIfAbsent(
                new FigureYear(figure.code(), year),
                of -> figure.isStock()
                        ? progress.reportingProvinces(figure.record(), provinces, year)
                        : progress.wholeYearProvinces(figure.record(), provinces, year, year < currentYear));
    }

    /** Counts the reports about a year: those of the input that the smallest part of its provinces has reported. */
    ReportedPeriod countReports(Figure figure, int year) {
        List<CountedFigure> inputs = figure.reportedFigures();
        List<CountedFigure> flows =
                inputs.stream().filter(input -> !input.isStock()).toList();
        return (flows.isEmpty() ? inputs : flows)
                .stream()
                        .map(input -> countReports(input, year))
                        .min(Comparator.comparingDouble(HeadlineRule::reportedPart)
                                .thenComparingInt(ReportedPeriod::provinces))
                        .orElseThrow();
    }

    private ReportedPeriod countReports(CountedFigure figure, int year) {
        return new ReportedPeriod(
                String.valueOf(year),
                findReporting(figure, year).size(),
                findExpected(figure, year).size());
    }

    /** Returns the provinces that are expected to report about a year, those that have included. */
    Set<String> findExpected(CountedFigure figure, int year) {
        Set<String> expected = new HashSet<>(findCompared(figure, year));
        expected.addAll(findReporting(figure, year));
        return expected;
    }

    private static double reportedPart(ReportedPeriod reports) {
        return reports.expectedProvinces() == 0 ? 0 : (double) reports.provinces() / reports.expectedProvinces();
    }
}
