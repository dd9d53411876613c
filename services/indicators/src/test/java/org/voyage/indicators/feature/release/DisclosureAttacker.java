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
 * Somebody outside who reads figures of persons, writes down what each answer says of the cells as a relation between whole
 * numbers, all of them into one system, and lets a solver find out what a cell can be.
 */
final class DisclosureAttacker {

    private final LinearDeduction deduction = new LinearDeduction();
    private final List<UnknownCell> cells = new ArrayList<>();

    /**
     * Persons that all tables of a figure have at one place: an unknown number.
     *
     * @param time when it was asked
     * @param codes by the dimensions of the tables, and what follows from them: region, lists
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

    /** By how much the persons at a place have become more between two times. */
    ValueInterval changeInterval(Collection<UnknownCell> before, Collection<UnknownCell> after) {
        return deduction.intervalOf(unknownsOf(after), unknownsOf(before));
    }

    /** The numbers from 1 to 9 that it can be. */
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
     * What is there at the end of a year was there a year before and has not left, or has come: writes this down of a code of
     * a stock.
     *
     * @return who has come and who has left
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
