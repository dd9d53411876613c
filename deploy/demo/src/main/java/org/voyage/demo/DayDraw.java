package org.voyage.demo;

import java.time.LocalDate;
import java.util.Random;

/** Random draw of days, with the edges of a year more often than by chance. */
final class DayDraw {

    private DayDraw() {}

    /** Draws a day in {@code year}, mostly in term; sometimes 29 February, the first or the last day. */
    static LocalDate drawDay(int year, Random random) {
        LocalDate first = LocalDate.of(year, 1, 1);
        return switch (random.nextInt(60)) {
            case 0 -> first;
            case 1 -> LocalDate.of(year, 12, 31);
            case 2 -> first.plusDays(59);
            default -> first.plusDays(20 + random.nextInt(325));
        };
    }

    /** Draws the start of a term: autumn, rarely spring; sometimes the last day of the year. */
    static LocalDate drawTermStart(int year, Random random) {
        return switch (random.nextInt(80)) {
            case 0 -> LocalDate.of(year, 12, 31);
            case 1 -> LocalDate.of(year, 1, 1).plusDays(59);
            case 2, 3, 4, 5, 6, 7, 8, 9 -> LocalDate.of(year, 3, 1).plusDays(random.nextInt(12));
            default -> LocalDate.of(year, 9, 1).plusDays(random.nextInt(25));
        };
    }

    /**
     * Draws the end of a term: summer, rarely winter; sometimes the last day of the year, on which the record no longer
     * counts.
     */
    static LocalDate drawTermEnd(int year, Random random) {
        return switch (random.nextInt(80)) {
            case 0 -> LocalDate.of(year, 12, 31);
            case 1 -> LocalDate.of(year, 1, 1).plusDays(59);
            case 2, 3, 4, 5, 6, 7 -> LocalDate.of(year, 1, 8).plusDays(random.nextInt(12));
            default -> LocalDate.of(year, 6, 20).plusDays(random.nextInt(25));
        };
    }
}
