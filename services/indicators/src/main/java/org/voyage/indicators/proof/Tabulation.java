package org.voyage.indicators.proof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MemberList;
import org.voyage.indicators.reference.Reference;

/** Sums up cells of one figure that were counted again, by some of its codes and at several times. */
final class Tabulation {

    private static final String THEN = "@then";
    private static final String NOW = "@now";

    private final Indicator indicator;
    private final List<String> columns;
    private final Reference reference;
    private final LocalDate today;
    private final List<Span> spans;
    private final List<Predicate<At>> conditions = new ArrayList<>();
    private final List<Code> by = new ArrayList<>();
    /** Whether a cell can stand at several codes, one after the other. */
    private boolean dated;

    /** What a cell is split by. */
    private interface Code {
        /** @param day whose list members count, since 1970-01-01 */
        String of(At at, int day);
    }

    /**
     * @param names what is split by, as in {@link Sought#by}
     * @param where as in {@link Sought#where}
     */
    Tabulation(
            Recount recount,
            List<String> names,
            Map<String, Set<String>> where,
            List<Span> spans,
            Reference reference,
            LocalDate today) {
        this.indicator = recount.indicator();
        this.columns = recount.columns();
        this.reference = reference;
        this.today = today;
        this.spans = spans;
        where.forEach((dimension, codes) -> conditions.add(condition(dimension, codes)));
        names.forEach(name -> by.add(name.startsWith(Sought.LIST) ? member(name) : code(name)));
    }

    /** By codes the values at each of the times; nothing where all are 0. */
    Map<List<String>, long[]> sums(Map<At, Long> cells) {
        Map<List<String>, Map<String, long[]>> rows = new HashMap<>();
        int element = indicator.measure() instanceof Measure.Distinct distinct ? columns.indexOf(distinct.of()) : -1;
        int[] first =
                spans.stream().mapToInt(span -> span.first(indicator.period())).toArray();
        int[] last =
                spans.stream().mapToInt(span -> span.last(indicator.period())).toArray();
        cells.forEach((at, amount) -> {
            if (conditions.stream().allMatch(condition -> condition.test(at))) {
                long[] row = {};
                for (int i = 0; i < first.length; i++) {
                    if (first[i] <= at.time() && at.time() <= last[i]) {
                        if (dated || row.length == 0) {
                            row = rows.computeIfAbsent(place(at, spans.get(i)), place -> new HashMap<>())
                                    .computeIfAbsent(
                                            element < 0 ? "" : at.codes().get(element), one -> new long[first.length]);
                        }
                        row[i] += amount;
                    }
                }
            }
        });
        Map<List<String>, long[]> sums = new HashMap<>();
        rows.forEach((place, row) -> sums.put(place, together(row, element >= 0)));
        return sums;
    }

    /** What is counted once is there or not, however often. */
    private long[] together(Map<String, long[]> rows, boolean once) {
        long[] together = new long[spans.size()];
        for (long[] row : rows.values()) {
            for (int i = 0; i < row.length; i++) {
                together[i] += once ? (row[i] > 0 ? 1 : 0) : row[i];
            }
        }
        return together;
    }

    private List<String> place(At at, Span span) {
        int day = day(at, span);
        return by.stream().map(code -> code.of(at, day)).toList();
    }

    /** The day whose list members count for a cell. */
    private int day(At at, Span span) {
        return switch (indicator.period()) {
            case PeriodRule.Stock _ -> (int) span.to().toEpochDay();
            case PeriodRule.FlowOnDate _ -> at.time();
            case PeriodRule.FlowOfYear _ ->
                (int) Span.years(at.time(), at.time(), today).to().toEpochDay();
        };
    }

    private Code code(String dimension) {
        if (Geography.DERIVED.contains(dimension)) {
            int country = country();
            return (at, day) -> reference.geography().of(dimension, at.codes().get(country));
        }
        int column = columns.indexOf(dimension);
        return (at, day) -> at.codes().get(column);
    }

    /** @param name as in {@code list:belt-and-road@then} */
    private Code member(String name) {
        boolean then = name.endsWith(THEN);
        String code = name.substring(Sought.LIST.length(), name.length() - (then ? THEN : NOW).length());
        MemberList list = reference.list(code).orElseThrow(() -> new IllegalStateException("no list " + code));
        int column = list.ofColleges() ? columns.indexOf(MemberList.COLLEGE) : country();
        int now = (int) today.toEpochDay();
        dated |= then && indicator.isStock();
        return (at, day) -> list.isMember(at.codes().get(column), then ? day : now) ? "member" : "non-member";
    }

    private int country() {
        return columns.indexOf(reference.geography().countryField(columns).orElseThrow());
    }

    private Predicate<At> condition(String dimension, Set<String> codes) {
        Code code = code(dimension);
        return indicator.isNumber(dimension)
                ? at -> codes.stream().anyMatch(range -> isIn(range, code.of(at, 0)))
                : at -> codes.contains(code.of(at, 0));
    }

    /** @param range a number, or two with dots between, one of which may be missing */
    private static boolean isIn(String range, String number) {
        int dots = range.indexOf("..");
        if (dots < 0 || number.equals(Fields.UNKNOWN)) {
            return range.equals(number);
        }
        long its = Long.parseLong(number);
        String least = range.substring(0, dots);
        String most = range.substring(dots + 2);
        return (least.isEmpty() || Long.parseLong(least) <= its) && (most.isEmpty() || its <= Long.parseLong(most));
    }
}
