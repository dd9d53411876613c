package org.voyage.indicators.definition;

/**
 * Day on which a stock begins or ends to count a fact: a date, or the first day of a year, plus whole years.
 *
 * @param link field that names the joined record with the field; empty for a field of the record itself
 * @param isYear whether the field holds a year
 * @param addedYears years from the field's day to the boundary, 0 or more
 */
public record PeriodBoundary(String link, String field, boolean isYear, int addedYears) {

    public boolean isJoined() {
        return !link.isEmpty();
    }
}
