package org.voyage.indicators.feature.verification.recount;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.Measure;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MembershipList;
import org.voyage.indicators.reference.ReferenceData;

/** Tabulation of the recounted cells of one figure: it sums them by some codes and for several date ranges. */
final class RecountTabulation {

    private static final String THEN_SUFFIX = "@then";
    private static final String NOW_SUFFIX = "@now";

    private final CountedFigure figure;
    private final List<String> columns;
    private final ReferenceData reference;
    private final LocalDate today;
    private final List<DateRange> dateRanges;
    private final List<Predicate<CellKey>> conditions = new ArrayList<>();
    private final List<CellCodeFunction> breakdowns = new ArrayList<>();
    /** Whether a cell's code can differ between dates. */
    private boolean isDated;

    /** Function from a cell to its code in one breakdown. */
    private interface CellCodeFunction {
        /** @param day whose list members count, since 1970-01-01 */
        String codeOf(CellKey at, int day);
    }

    /**
     * @param names the breakdowns, as in {@link ValueSpec#breakdowns}
     * @param where as in {@link ValueSpec#conditions}
     */
    RecountTabulation(
            FigureRecount recount,
            List<String> names,
            Map<String, Set<String>> where,
            List<DateRange> spans,
            ReferenceData reference,
            LocalDate today) {
        this.figure = recount.indicator();
        this.columns = recount.columns();
        this.reference = reference;
        this.today = today;
        this.dateRanges = spans;
        where.forEach((dimension, codes) -> conditions.add(toCondition(dimension, codes)));
        names.forEach(name ->
                breakdowns.add(name.startsWith(ValueSpec.LIST_PREFIX) ? membershipCode(name) : dimensionCode(name)));
    }

    /** Returns by codes the values for each of the date ranges; without codes whose values are all 0. */
    Map<List<String>, long[]> sumCells(Map<CellKey, Long> cells) {
        Map<List<String>, Map<String, long[]>> rows = new HashMap<>();
        int element =
                figure.measure() instanceof Measure.DistinctMeasure distinct ? columns.indexOf(distinct.field()) : -1;
        int[] first = dateRanges.stream()
                .mapToInt(span -> span.firstTime(figure.period()))
                .toArray();
        int[] last = dateRanges.stream()
                .mapToInt(span -> span.lastTime(figure.period()))
                .toArray();
        cells.forEach((at, amount) -> {
            if (conditions.stream().allMatch(condition -> condition.test(at))) {
                long[] row = {};
                for (int i = 0; i < first.length; i++) {
                    if (first[i] <= at.time() && at.time() <= last[i]) {
                        if (isDated || row.length == 0) {
                            row = rows.computeIfAbsent(memberCodes(at, dateRanges.get(i)), place -> new HashMap<>())
                                    .computeIfAbsent(
                                            element < 0 ? "" : at.codes().get(element), one -> new long[first.length]);
                        }
                        row[i] += amount;
                    }
                }
            }
        });
        Map<List<String>, long[]> sums = new HashMap<>();
        rows.forEach((place, row) -> sums.put(place, combine(row, element >= 0)));
        return sums;
    }

    /** Sums the rows; a distinct element counts once. */
    private long[] combine(Map<String, long[]> rows, boolean once) {
        long[] together = new long[dateRanges.size()];
        for (long[] row : rows.values()) {
            for (int i = 0; i < row.length; i++) {
                together[i] += once ? (row[i] > 0 ? 1 : 0) : row[i];
            }
        }
        return together;
    }

    private List<String> memberCodes(CellKey at, DateRange span) {
        int day = membershipDay(at, span);
        return breakdowns.stream().map(code -> code.codeOf(at, day)).toList();
    }

    /** Returns the day whose list members count for a cell. */
    private int membershipDay(CellKey at, DateRange span) {
        return switch (figure.period()) {
            case PeriodRule.StockPeriodRule _ -> (int) span.to().toEpochDay();
            case PeriodRule.DateFlowPeriodRule _ -> at.time();
            case PeriodRule.YearFlowPeriodRule _ ->
                (int) DateRange.ofYears(at.time(), at.time(), today).to().toEpochDay();
        };
    }

    private CellCodeFunction dimensionCode(String dimension) {
        if (Geography.DERIVED_DIMENSIONS.contains(dimension)) {
            int country = countryColumn();
            return (at, day) ->
                    reference.geography().regionOf(dimension, at.codes().get(country));
        }
        int column = columns.indexOf(dimension);
        return (at, day) -> at.codes().get(column);
    }

    /** @param name as in {@code list:belt-and-road@then} */
    private CellCodeFunction membershipCode(String name) {
        boolean then = name.endsWith(THEN_SUFFIX);
        String code = name.substring(
                ValueSpec.LIST_PREFIX.length(), name.length() - (then ? THEN_SUFFIX : NOW_SUFFIX).length());
        MembershipList list = reference.findList(code).orElseThrow(() -> new IllegalStateException("no list " + code));
        int column = list.ofColleges() ? columns.indexOf(MembershipList.COLLEGE_DIMENSION) : countryColumn();
        int now = (int) today.toEpochDay();
        isDated |= then && figure.isStock();
        return (at, day) -> list.isMember(at.codes().get(column), then ? day : now) ? "member" : "non-member";
    }

    private int countryColumn() {
        return columns.indexOf(reference.geography().findCountryField(columns).orElseThrow());
    }

    private Predicate<CellKey> toCondition(String dimension, Set<String> codes) {
        CellCodeFunction code = dimensionCode(dimension);
        return figure.isNumeric(dimension)
                ? at -> codes.stream().anyMatch(range -> isInRange(range, code.codeOf(at, 0)))
                : at -> codes.contains(code.codeOf(at, 0));
    }

    /** @param range a number, or two with dots between, one of which may be missing */
    private static boolean isInRange(String range, String number) {
        int dots = range.indexOf("..");
        if (dots < 0 || number.equals(StateFields.UNKNOWN_CODE)) {
            return range.equals(number);
        }
        long its = Long.parseLong(number);
        String least = range.substring(0, dots);
        String most = range.substring(dots + 2);
        return (least.isEmpty() || Long.parseLong(least) <= its) && (most.isEmpty() || its <= Long.parseLong(most));
    }
}
