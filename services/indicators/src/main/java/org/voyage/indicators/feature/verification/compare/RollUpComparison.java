package org.voyage.indicators.feature.verification.compare;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.cube.Cube;
import org.voyage.indicators.cube.RollUpView;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.fact.CodeDictionary;

/**
 * Comparison of roll-ups with the cells that they sum up. It sums the cells again, one roll-up after the other, with
 * code that the live figures do not use.
 */
public final class RollUpComparison {

    private final int maxShown;
    private final List<RollUpDifference> shown = new ArrayList<>();
    private int rollUps;
    private long cells;
    private long differing;

    /** @param most maximum number of differences shown */
    RollUpComparison(int most) {
        this.maxShown = most;
    }

    /** @param cells number of cells in the amount that do not hold 0 */
    private record RollUpSum(long amount, int cells) {
        static final RollUpSum ZERO = new RollUpSum(0, 0);

        RollUpSum plus(RollUpSum other) {
            return new RollUpSum(amount + other.amount, cells + other.cells);
        }
    }

    void compareFigure(
            CountedFigure indicator,
            Cube figure,
            List<RollUpView> kept,
            List<String> columns,
            List<CodeDictionary> dictionaries) {
        for (RollUpView rollUp : kept) {
            List<Integer> by = List.copyOf(rollUp.columns());
            Map<List<Integer>, RollUpSum> right = sumCells(figure, rollUp, by);
            Map<List<Integer>, RollUpSum> held = readRollUp(rollUp, by.size());
            rollUps++;
            held.keySet().forEach(at -> right.putIfAbsent(at, RollUpSum.ZERO));
            cells += right.size();
            right.forEach((at, sum) -> {
                RollUpSum its = held.getOrDefault(at, RollUpSum.ZERO);
                if (!its.equals(sum)) {
                    differing++;
                    if (shown.size() < maxShown) {
                        shown.add(toDifference(indicator, at, its, sum, by, columns, dictionaries));
                    }
                }
            });
        }
    }

    private static Map<List<Integer>, RollUpSum> sumCells(Cube figure, RollUpView rollUp, List<Integer> by) {
        Map<List<Integer>, RollUpSum> sums = new HashMap<>();
        for (int cell = 0; cell < figure.size(); cell++) {
            if (figure.amountOf(cell) != 0) {
                List<Integer> at = new ArrayList<>(by.size() + 1);
                for (int column : by) {
                    at.add(figure.coordinateOf(cell, column));
                }
                at.add(rollUpTime(rollUp, figure.timeOf(cell)));
                sums.merge(at, new RollUpSum(figure.amountOf(cell), 1), RollUpSum::plus);
            }
        }
        return sums;
    }

    /** Returns the roll-up time of a figure's time. */
    private static int rollUpTime(RollUpView rollUp, int time) {
        if (rollUp.hasEachTime()) {
            return time;
        }
        int year = LocalDate.ofEpochDay(time).getYear();
        boolean open = rollUp.openYear().isPresent() && rollUp.openYear().getAsInt() == year;
        return open ? time : (int) LocalDate.of(year, 12, 31).toEpochDay();
    }

    private static Map<List<Integer>, RollUpSum> readRollUp(RollUpView rollUp, int columns) {
        Map<List<Integer>, RollUpSum> held = new HashMap<>();
        for (int cell = 0; cell < rollUp.size(); cell++) {
            RollUpSum sum = new RollUpSum(rollUp.amountOf(cell), rollUp.finerCells(cell));
            if (!sum.equals(RollUpSum.ZERO)) {
                List<Integer> at = new ArrayList<>(columns + 1);
                for (int place = 0; place < columns; place++) {
                    at.add(rollUp.coordinateAt(cell, place));
                }
                at.add(rollUp.timeOf(cell));
                held.merge(at, sum, RollUpSum::plus);
            }
        }
        return held;
    }

    private static RollUpDifference toDifference(
            CountedFigure figure,
            List<Integer> at,
            RollUpSum held,
            RollUpSum right,
            List<Integer> by,
            List<String> columns,
            List<CodeDictionary> dictionaries) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (int place = 0; place < by.size(); place++) {
            int column = by.get(place);
            codes.put(columns.get(column), dictionaries.get(column).textOf(at.get(place)));
        }
        if (figure.period() instanceof PeriodRule.YearFlowPeriodRule) {
            codes.put("year", String.valueOf(at.getLast()));
        } else {
            codes.put("date", LocalDate.ofEpochDay(at.getLast()).toString());
        }
        return new RollUpDifference(figure.code(), codes, held.amount(), right.amount(), held.cells(), right.cells());
    }

    /** Returns the number of compared roll-ups. */
    public int rollUps() {
        return rollUps;
    }

    /** Returns the number of their cells, including missing ones. */
    public long cells() {
        return cells;
    }

    public long differingRollUpCount() {
        return differing;
    }

    public List<RollUpDifference> shown() {
        return shown;
    }
}
