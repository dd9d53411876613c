package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Planner of beginnings and ends that give the published stock at the end of each span. */
final class StockPlanner {

    /** Numbers of beginnings and ends in a span. */
    record StockChange(LocalDate from, LocalDate to, int begun, int ended) {

        static StockChange year(int year, int begun, int ended) {
            return new StockChange(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31), begun, ended);
        }

        boolean contains(LocalDate date) {
            return !date.isBefore(from) && !date.isAfter(to);
        }

        StockChange minusBegun(int taken) {
            return new StockChange(from, to, begun - taken, ended);
        }
    }

    private StockPlanner() {}

    /**
     * Returns spans of one year that end with the stocks {@code targets}.
     *
     * @param perMille share of the stock at the beginning of a year that ends in it
     */
    static List<StockChange> planYears(int firstYear, int perMille, int... targets) {
        List<StockChange> spans = new ArrayList<>();
        int before = 0;
        for (int i = 0; i < targets.length; i++) {
            int ended = Math.max(before * perMille / 1_000, before - targets[i]);
            spans.add(StockChange.year(firstYear + i, targets[i] - before + ended, ended));
            before = targets[i];
        }
        return spans;
    }

    /** Returns the periods in the order of beginning. */
    static List<OpenPeriod> toPeriods(List<StockChange> spans) {
        List<OpenPeriod> slots = new ArrayList<>();
        for (StockChange span : spans) {
            addEnds(slots, span);
            addBeginnings(slots, span);
        }
        slots.sort(Comparator.comparing(OpenPeriod::openedOn));
        return slots;
    }

    private static void addBeginnings(List<OpenPeriod> slots, StockChange span) {
        long days = span.to().toEpochDay() - span.from().toEpochDay();
        for (int i = 0; i < span.begun(); i++) {
            // The first begins on the first day, the last on the last day, the others evenly between.
            LocalDate date = span.from().plusDays(span.begun() == 1 ? days / 2 : days * i / (span.begun() - 1));
            slots.add(new OpenPeriod(moveToLeapDay(date, i), null));
        }
    }

    private static LocalDate moveToLeapDay(LocalDate date, int index) {
        return index == 1 && date.isLeapYear() ? LocalDate.of(date.getYear(), 2, 29) : date;
    }

    private static void addEnds(List<OpenPeriod> slots, StockChange span) {
        for (int i = 0; i < span.ended(); i++) {
            List<Integer> standing = IntStream.range(0, slots.size())
                    .filter(s -> slots.get(s).closedOn() == null)
                    .boxed()
                    .toList();
            int chosen = standing.get((i * 7 + 3) % standing.size());
            long days = span.to().toEpochDay() - span.from().toEpochDay();
            LocalDate date = i == 0 ? span.to() : span.from().plusDays(days * i / span.ended());
            slots.set(chosen, slots.get(chosen).withClosing(date));
        }
    }
}
