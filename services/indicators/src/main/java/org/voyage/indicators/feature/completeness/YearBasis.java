package org.voyage.indicators.feature.completeness;

/** Basis of a year of a figure: the records that count in it, by the year to which each belongs. */
public enum YearBasis {
    /** Records of that year: the flow counts them on the day or in the year that decides where they belong. */
    OWN_YEAR,
    /** Records of that year and of earlier ones: the flow counts them on a later day, such as the end of a stay. */
    LATER_DAY,
    /** All records that hold on a day: a stock. */
    STOCK
}
