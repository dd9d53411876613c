package org.voyage.indicators.definition;

import java.util.List;

/** Figure that a query can name: counted from records, or derived from counted figures. */
public sealed interface Figure permits CountedFigure, DerivedFigure {

    String code();

    int version();

    LocalizedText name();

    Unit unit();

    /** Returns the dimensions for breakdowns and filters. */
    List<String> dimensions();

    /** Returns the lists for breakdowns and filters. */
    List<String> lists();

    /** Returns the rule in words. */
    LocalizedText derivation();

    /** Returns the counted figures behind this one: itself, or all that it is derived from. */
    List<CountedFigure> countedFigures();

    /**
     * Returns the counted figures whose reports decide about which years the figure is known: all behind it, but of a
     * difference only its reported figure.
     */
    List<CountedFigure> reportedFigures();

    /** Returns the record types in which its codes are looked up. */
    List<String> records();

    /** Returns the view of external readers. */
    PublicAccess publicAccess();

    /** Returns whether a dimension holds numbers, so that queries can name ranges. */
    default boolean isNumeric(String dimension) {
        return countedFigures().stream().anyMatch(figure -> figure.numbers().containsKey(dimension));
    }

    /** Returns whether the figure is 0 where it has no facts; a share of nothing has no value at all. */
    boolean isCount();

    /** Returns whether the values of disjoint parts add up to the value of the whole. */
    boolean isAdditive();

    /** Returns whether the figure has one value per date, so that several years have no common value. */
    default boolean isStock() {
        return countedFigures().stream().anyMatch(figure -> figure.period() instanceof PeriodRule.StockPeriodRule);
    }

    /** Returns whether months are unknown. */
    default boolean isKnownByYearOnly() {
        return countedFigures().stream().anyMatch(figure -> figure.period() instanceof PeriodRule.YearFlowPeriodRule);
    }
}
