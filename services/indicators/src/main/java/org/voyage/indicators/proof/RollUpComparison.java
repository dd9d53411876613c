package org.voyage.indicators.proof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.live.Cube;
import org.voyage.indicators.live.RollUp;

/**
 * Compares roll-ups with the cells that they sum up. The cells are summed up here once more, apart from how the live figures
 * do it, one roll-up after the other.
 */
final class RollUpComparison {

    private final int most;
    private final List<RollUpDifference> shown = new ArrayList<>();
    private int rollUps;
    private long cells;
    private long differing;

    /** @param most the most differences that are shown */
    RollUpComparison(int most) {
        this.most = most;
    }

    /** @param behind how many cells that do not hold 0 the amount is the sum of */
    private record Sum(long amount, int behind) {
        static final Sum NOTHING = new Sum(0, 0);

        Sum and(Sum other) {
            return new Sum(amount + other.amount, behind + other.behind);
        }
    }

    void compare(
            Indicator indicator, Cube figure, List<RollUp> kept, List<String> columns, List<Dictionary> dictionaries) {
        for (RollUp rollUp : kept) {
            List<Integer> by = List.copyOf(rollUp.columns());
            Map<List<Integer>, Sum> right = summedUp(figure, rollUp, by);
            Map<List<Integer>, Sum> held = held(rollUp, by.size());
            rollUps++;
            held.keySet().forEach(at -> right.putIfAbsent(at, Sum.NOTHING));
            cells += right.size();
            right.forEach((at, sum) -> {
                Sum its = held.getOrDefault(at, Sum.NOTHING);
                if (!its.equals(sum)) {
                    differing++;
                    if (shown.size() < most) {
                        shown.add(difference(indicator, at, its, sum, by, columns, dictionaries));
                    }
                }
            });
        }
    }

    private static Map<List<Integer>, Sum> summedUp(Cube figure, RollUp rollUp, List<Integer> by) {
        Map<List<Integer>, Sum> sums = new HashMap<>();
        for (int cell = 0; cell < figure.size(); cell++) {
            if (figure.amount(cell) != 0) {
                List<Integer> at = new ArrayList<>(by.size() + 1);
                for (int column : by) {
                    at.add(figure.coordinate(cell, column));
                }
                at.add(time(rollUp, figure.time(cell)));
                sums.merge(at, new Sum(figure.amount(cell), 1), Sum::and);
            }
        }
        return sums;
    }

    /** Where a time of the figure stands in the roll-up. */
    private static int time(RollUp rollUp, int time) {
        if (rollUp.eachTime()) {
            return time;
        }
        int year = LocalDate.ofEpochDay(time).getYear();
        boolean open = rollUp.openYear().isPresent() && rollUp.openYear().getAsInt() == year;
        return open ? time : (int) LocalDate.of(year, 12, 31).toEpochDay();
    }

    private static Map<List<Integer>, Sum> held(RollUp rollUp, int columns) {
        Map<List<Integer>, Sum> held = new HashMap<>();
        for (int cell = 0; cell < rollUp.size(); cell++) {
            Sum sum = new Sum(rollUp.amount(cell), rollUp.behind(cell));
            if (!sum.equals(Sum.NOTHING)) {
                List<Integer> at = new ArrayList<>(columns + 1);
                for (int place = 0; place < columns; place++) {
                    at.add(rollUp.coordinate(cell, place));
                }
                at.add(rollUp.time(cell));
                held.merge(at, sum, Sum::and);
            }
        }
        return held;
    }

    private static RollUpDifference difference(
            Indicator indicator,
            List<Integer> at,
            Sum held,
            Sum right,
            List<Integer> by,
            List<String> columns,
            List<Dictionary> dictionaries) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (int place = 0; place < by.size(); place++) {
            int column = by.get(place);
            codes.put(columns.get(column), dictionaries.get(column).text(at.get(place)));
        }
        if (indicator.period() instanceof PeriodRule.FlowOfYear) {
            codes.put("year", String.valueOf(at.getLast()));
        } else {
            codes.put("date", LocalDate.ofEpochDay(at.getLast()).toString());
        }
        return new RollUpDifference(
                indicator.code(), codes, held.amount(), right.amount(), held.behind(), right.behind());
    }

    /** How many were compared. */
    int rollUps() {
        return rollUps;
    }

    /** How many cells they have together, those that one of them should have included. */
    long cells() {
        return cells;
    }

    long differing() {
        return differing;
    }

    List<RollUpDifference> shown() {
        return shown;
    }
}
