package org.voyage.indicators.definition;

import java.util.List;

/** What can be asked for: counted from records, or derived from figures that are. */
public sealed interface Figure permits CountedFigure, DerivedFigure {

    String code();

    int version();

    LocalizedText name();

    Unit unit();

    /** What it can be split and filtered by. */
    List<String> dimensions();

    /** Lists whose membership it can be split and filtered by. */
    List<String> lists();

    /** The rule in words. */
    LocalizedText derivation();

    /** The figures that all of it is counted from: itself, or those behind it. */
    List<CountedFigure> countedFigures();

    /** Where its codes are looked for. */
    List<String> records();

    /** What readers outside see of it. */
    PublicAccess publicAccess();

    /** Whether a dimension holds numbers, of which ranges can be asked for. */
    default boolean isNumeric(String dimension) {
        return countedFigures().stream()
                .anyMatch(indicator -> indicator.numbers().containsKey(dimension));
    }

    /** Whether it is 0 where there is nothing; a share of nothing has no value at all. */
    boolean isCount();

    /** Whether the values of disjoint parts add up to the value of the whole. */
    boolean isAdditive();

    /** Whether it has one value per date, so that several years have no common one. */
    default boolean isStock() {
        return countedFigures().stream()
                .anyMatch(indicator -> indicator.period() instanceof PeriodRule.StockPeriodRule);
    }

    /** Whether months are not known. */
    default boolean isKnownByYearOnly() {
        return countedFigures().stream()
                .anyMatch(indicator -> indicator.period() instanceof PeriodRule.YearFlowPeriodRule);
    }
}
