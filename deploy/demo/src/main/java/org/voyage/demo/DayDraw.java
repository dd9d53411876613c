package org.voyage.demo;

import java.time.LocalDate;
import java.util.Random;

/** Days by lot, with the edges of a year among them more often than by chance. */
final class DayDraw {

    private DayDraw() {}

    /** In {@code year}, mostly in term; now and then 29 February, the first or the last day. */
    static LocalDate drawDay(int year, Random random) {
        LocalDate first = LocalDate.of(year, 1, 1);
        return switch (random.nextInt(60)) {
            case 0 -> first;
            case 1 -> LocalDate.of(year, 12, 31);
            case 2 -> first.plusDays(59);
            default -> first.plusDays(20 + random.nextInt(325));
        };
    }

    /** Autumn term, seldom spring; now and then the last day of the year. */
    static LocalDate drawTermStart(int year, Random random) {
        return switch (random.nextInt(80)) {
            case 0 -> LocalDate.of(year, 12, 31);
            case 1 -> LocalDate.of(year, 1, 1).plusDays(59);
            case 2, 3, 4, 5, 6, 7, 8, 9 -> LocalDate.of(year, 3, 1).plusDays(random.nextInt(12));
            default -> LocalDate.of(year, 9, 1).plusDays(random.nextInt(25));
        };
    }

    /** Summer, seldom winter; now and then the last day of the year, on which it no longer counts. */
    static LocalDate drawTermEnd(int year, Random random) {
        return switch (random.nextInt(80)) {
            case 0 -> LocalDate.of(year, 12, 31);
            case 1 -> LocalDate.of(year, 1, 1).plusDays(59);
            case 2, 3, 4, 5, 6, 7 -> LocalDate.of(year, 1, 8).plusDays(random.nextInt(12));
            default -> LocalDate.of(year, 6, 20).plusDays(random.nextInt(25));
        };
    }
}
