package org.voyage.indicators.feature.release;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.feature.release.LinearDeduction.ValueInterval;

/**
 * Attacker that reads figures of persons as an external reader. It writes each answer as a relation between whole
 * numbers, all in one system, and a solver computes the possible values of a cell.
 */
final class DisclosureAttacker {

    private final LinearDeduction deduction = new LinearDeduction();
    private final List<UnknownCell> cells = new ArrayList<>();

    /**
     * Unknown number of persons at one place in all tables of a figure.
     *
     * @param time time of the query
     * @param codes codes by the dimensions of the tables, with derived ones: region, lists
     */
    record UnknownCell(int unknown, String figure, String time, int year, Map<String, String> codes) {
        boolean hasCode(String name, String code) {
            return code.equals(codes.get(name));
        }
    }

    /** Reads all tables of the years of a figure, each by itself. */
    FigureAttack readFigure(String figure, int first, int last, String time) {
        return new FigureAttack(this, figure, first, last, time);
    }

    /** Reads all tables of one year of a figure. */
    static FigureAttack ofYear(String figure, int year) {
        return new DisclosureAttacker().readFigure(figure, year, year, "");
    }

    UnknownCell newCell(String figure, String time, int year, Map<String, String> codes) {
        UnknownCell cell = new UnknownCell(deduction.newUnknown(), figure, time, year, codes);
        cells.add(cell);
        return cell;
    }

    LinearDeduction deduction() {
        return deduction;
    }

    List<UnknownCell> cells() {
        return cells;
    }

    int relationCount() {
        return deduction.relationCount();
    }

    ValueInterval intervalOf(Collection<UnknownCell> sum) {
        return deduction.intervalOf(unknownsOf(sum));
    }

    /** Returns the interval of the change of the persons at a place between two times. */
    ValueInterval changeInterval(Collection<UnknownCell> before, Collection<UnknownCell> after) {
        return deduction.intervalOf(unknownsOf(after), unknownsOf(before));
    }

    /** Returns the possible values from 1 to 9. */
    Set<Long> possibleSmallNumbers(Collection<UnknownCell> sum) {
        Set<Long> possible = new LinkedHashSet<>();
        for (long value = 1; value < CellSuppression.MIN_SHOWN_PERSONS; value++) {
            if (deduction.isPossible(unknownsOf(sum), value)) {
                possible.add(value);
            }
        }
        return possible;
    }

    /**
     * Adds the flow relation of a code of a stock. The persons at the end of a year are those of the year before,
     * without leavers, and new arrivals.
     *
     * @return the unknowns of arrivals and leavers
     */
    List<UnknownCell> addFlowRelation(FigureAttack stock, int year, String table, String code) {
        Map<String, String> at = Map.of(table, code);
        UnknownCell come = newCell(stock.figure() + ", come", stock.time(), year + 1, at);
        UnknownCell left = newCell(stock.figure() + ", left", stock.time(), year + 1, at);
        deduction.addStocks(
                unknownsOf(stock.cellsAt(year, table, code)),
                unknownsOf(List.of(come)),
                unknownsOf(List.of(left)),
                unknownsOf(stock.cellsAt(year + 1, table, code)));
        return List.of(come, left);
    }

    static BitSet unknownsOf(Collection<UnknownCell> cells) {
        BitSet unknowns = new BitSet();
        cells.forEach(cell -> unknowns.set(cell.unknown()));
        return unknowns;
    }
}
