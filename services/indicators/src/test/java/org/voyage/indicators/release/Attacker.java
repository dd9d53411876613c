package org.voyage.indicators.release;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.release.Deduction.Interval;

/**
 * Somebody outside who reads figures of persons, writes down what each answer says of the cells as a relation between whole
 * numbers, all of them into one system, and lets a solver find out what a cell can be.
 */
final class Attacker {

    private final Deduction deduction = new Deduction();
    private final List<Cell> cells = new ArrayList<>();

    /**
     * Persons that all tables of a figure have at one place: an unknown number.
     *
     * @param time when it was asked
     * @param codes by the dimensions of the tables, and what follows from them: region, lists
     */
    record Cell(int unknown, String figure, String time, int year, Map<String, String> codes) {
        boolean has(String name, String code) {
            return code.equals(codes.get(name));
        }
    }

    /** Reads all tables of the years of a figure, each by itself. */
    Reading read(String figure, int first, int last, String time) {
        return new Reading(this, figure, first, last, time);
    }

    /** Reads all tables of one year of a figure. */
    static Reading of(String figure, int year) {
        return new Attacker().read(figure, year, year, "");
    }

    Cell cell(String figure, String time, int year, Map<String, String> codes) {
        Cell cell = new Cell(deduction.unknown(), figure, time, year, codes);
        cells.add(cell);
        return cell;
    }

    Deduction deduction() {
        return deduction;
    }

    List<Cell> cells() {
        return cells;
    }

    int relations() {
        return deduction.relations();
    }

    Interval interval(Collection<Cell> sum) {
        return deduction.interval(unknowns(sum));
    }

    /** By how much the persons at a place have become more between two times. */
    Interval change(Collection<Cell> before, Collection<Cell> after) {
        return deduction.interval(unknowns(after), unknowns(before));
    }

    /** The numbers from 1 to 9 that it can be. */
    Set<Long> possibleSmall(Collection<Cell> sum) {
        Set<Long> possible = new LinkedHashSet<>();
        for (long value = 1; value < Protection.FEWEST; value++) {
            if (deduction.isPossible(unknowns(sum), value)) {
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
    List<Cell> follow(Reading stock, int year, String table, String code) {
        Map<String, String> at = Map.of(table, code);
        Cell come = cell(stock.figure() + ", come", stock.time(), year + 1, at);
        Cell left = cell(stock.figure() + ", left", stock.time(), year + 1, at);
        deduction.stocks(
                unknowns(stock.cells(year, table, code)),
                unknowns(List.of(come)),
                unknowns(List.of(left)),
                unknowns(stock.cells(year + 1, table, code)));
        return List.of(come, left);
    }

    static BitSet unknowns(Collection<Cell> cells) {
        BitSet unknowns = new BitSet();
        cells.forEach(cell -> unknowns.set(cell.unknown()));
        return unknowns;
    }
}
