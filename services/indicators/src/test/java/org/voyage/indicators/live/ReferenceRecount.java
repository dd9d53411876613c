package org.voyage.indicators.live;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.Measure;
import org.voyage.indicators.definition.MultiValuedDimension;
import org.voyage.indicators.definition.PeriodBoundary;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.reference.MembershipList;
import org.voyage.indicators.reference.ReferenceData;

/**
 * Reference recount of the figures from the newest version of every fact. It reads each fact for each value: slow and
 * simple.
 */
public final class ReferenceRecount {

    private final ReferenceData reference;
    private final Map<String, HistoryVersion> newest = new HashMap<>();
    private final Map<String, List<Map<String, Object>>> rows = new HashMap<>();

    ReferenceRecount(ReferenceData reference) {
        this.reference = reference;
    }

    public void addVersion(HistoryVersion version) {
        rows.clear();
        newest.merge(version.record() + " " + version.key(), version, (a, b) -> a.version() >= b.version() ? a : b);
    }

    /** A period to compute, with the name of its year. */
    record NamedPeriod(String year, LocalDate from, LocalDate to) {}

    Map<List<String>, Long> computeAnswer(FigureQuery query, List<NamedPeriod> times, LocalDate today) {
        CountedFigure figure = (CountedFigure) query.figure();
        List<String> by = query.breakdownNames();
        Map<List<String>, Long> sums = new TreeMap<>(Comparator.comparing(List::toString));
        Map<List<String>, Set<Object>> seen = new HashMap<>();
        for (NamedPeriod when : times) {
            for (Map<String, Object> row : rowsOf(figure)) {
                LocalDate day = membershipDay(figure, row, when);
                if (day == null || !matchesQuery(query, row, day, today)) {
                    continue;
                }
                List<String> at = new ArrayList<>();
                by.forEach(name -> at.add(name.equals("year") ? when.year() : codeOf(row, name, day, today)));
                switch (figure.measure()) {
                    case Measure.CountMeasure _ -> sums.merge(at, 1L, Long::sum);
                    case Measure.SumMeasure sum -> sums.merge(at, multiplyFields(row, sum.fields()), Long::sum);
                    case Measure.DistinctMeasure distinct -> {
                        Set<Object> values = seen.computeIfAbsent(at, key -> new HashSet<>());
                        values.addAll(elementsOf(figure, row, distinct.field()));
                        sums.put(at, (long) values.size());
                    }
                }
            }
        }
        sums.values().removeIf(value -> value == 0);
        return sums;
    }

    /** Returns the codes that a figure has in one dimension. */
    Set<String> codesOf(CountedFigure figure, String dimension) {
        return rowsOf(figure).stream()
                .map(row -> String.valueOf(row.getOrDefault(dimension, "unknown")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean matchesQuery(FigureQuery query, Map<String, Object> row, LocalDate day, LocalDate today) {
        return query.filters().entrySet().stream()
                        .allMatch(filter -> filter.getValue().contains(codeOf(row, filter.getKey(), day, today)))
                && query.listFilters().stream()
                        .allMatch(
                                list -> codeOf(row, "list:" + list, day, today).equals("member"));
    }

    private List<Map<String, Object>> rowsOf(CountedFigure figure) {
        return rows.computeIfAbsent(figure.code(), code -> computeRows(figure));
    }

    private List<Map<String, Object>> computeRows(CountedFigure figure) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (HistoryVersion version : newest.values()) {
            if (!version.record().equals(figure.record()) || version.fields() == null) {
                continue;
            }
            Map<String, Object> row = new HashMap<>();
            String province = version.key().substring(0, 2);
            boolean complete = true;
            boolean belongs = figure.joins().isEmpty();
            for (Map.Entry<String, String> join : figure.joins().entrySet()) {
                Object named = version.fields().get(join.getKey());
                if (named == null) {
                    continue;
                }
                belongs = true;
                HistoryVersion joined = newest.get(join.getValue() + " " + province + "/" + named);
                complete &= joined != null && joined.fields() != null;
                if (joined != null && joined.fields() != null) {
                    row.putAll(joined.fields());
                }
            }
            row.putAll(version.fields());
            row.put("province", province);
            row.put("record", version.key());
            figure.numbers().forEach((dimension, of) -> computeNumber(row, of).ifPresent(n -> row.put(dimension, n)));
            boolean wanted = figure.includedCodes().entrySet().stream()
                    .allMatch(where -> where.getValue().contains(row.getOrDefault(where.getKey(), "unknown")));
            boolean unwanted = figure.excludedCodes().entrySet().stream()
                    .anyMatch(except -> except.getValue().contains(row.getOrDefault(except.getKey(), "unknown")));
            if (complete && belongs && wanted && !unwanted) {
                expandElements(figure, row).forEach(each -> {
                    putRegion(figure, each);
                    found.add(each);
                });
            }
        }
        return found;
    }

    private void putRegion(CountedFigure figure, Map<String, Object> row) {
        String country = String.valueOf(row.getOrDefault(countryField(figure), "unknown"));
        row.put("the country", country);
        row.put("region", reference.geography().regionOf("region", country));
        row.put("subRegion", reference.geography().regionOf("subRegion", country));
    }

    /** Returns one row for each element of the list that holds a figure's dimension. */
    private static List<Map<String, Object>> expandElements(CountedFigure figure, Map<String, Object> row) {
        if (figure.multiValued().isEmpty()) {
            return List.of(row);
        }
        MultiValuedDimension each = figure.multiValued().get();
        List<Map<String, Object>> rows = new ArrayList<>();
        List<?> elements = row.get(each.field()) instanceof List<?> list ? list : List.of();
        for (Object element : elements) {
            Map<String, Object> one = new HashMap<>(row);
            one.put(
                    each.dimension(),
                    element instanceof Map<?, ?> object
                            ? object.get(each.member().orElseThrow())
                            : element);
            rows.add(one);
        }
        if (rows.isEmpty() && figure.measure() instanceof Measure.DistinctMeasure) {
            rows.add(row);
        }
        return rows;
    }

    private static Optional<Object> computeNumber(Map<String, Object> row, List<String> of) {
        if (of.size() == 1) {
            return Optional.ofNullable(row.get(of.getFirst()));
        }
        LocalDate from = parseDate(row.get(of.getFirst()));
        LocalDate until = parseDate(row.get(of.getLast()));
        return from == null || until == null ? Optional.empty() : Optional.of(until.toEpochDay() - from.toEpochDay());
    }

    /** Returns the day whose list members count when the row counts at that time; null when it does not count. */
    private static @Nullable LocalDate membershipDay(CountedFigure figure, Map<String, Object> row, NamedPeriod when) {
        return switch (figure.period()) {
            case PeriodRule.StockPeriodRule stock -> {
                boolean there = true;
                for (PeriodBoundary start : stock.starts()) {
                    LocalDate from = boundaryDate(row, start);
                    there &= from != null && !from.isAfter(when.to());
                }
                for (PeriodBoundary until : stock.ends()) {
                    LocalDate end = boundaryDate(row, until);
                    there &= end == null || end.isAfter(when.to());
                }
                yield there ? when.to() : null;
            }
            case PeriodRule.DateFlowPeriodRule flow -> {
                LocalDate on = parseDate(row.get(flow.dateField()));
                yield on != null && !on.isBefore(when.from()) && !on.isAfter(when.to()) ? on : null;
            }
            case PeriodRule.YearFlowPeriodRule flow -> {
                Object year = row.get(flow.yearField());
                yield year != null && year.equals(when.to().getYear()) ? when.to() : null;
            }
        };
    }

    private static @Nullable LocalDate boundaryDate(Map<String, Object> row, PeriodBoundary boundary) {
        Object value = row.get(boundary.field());
        LocalDate date = boundary.isYear() && value != null ? LocalDate.parse(value + "-01-01") : parseDate(value);
        return date == null ? null : date.plusYears(boundary.addedYears());
    }

    private String codeOf(Map<String, Object> row, String name, LocalDate day, LocalDate today) {
        if (!name.startsWith("list:")) {
            return String.valueOf(row.getOrDefault(name, "unknown"));
        }
        String list = name.substring(5, name.indexOf('@'));
        LocalDate on = name.endsWith("@then") ? day : today;
        MembershipList members = reference.findList(list).orElseThrow();
        boolean member = members.isMember(
                String.valueOf(row.getOrDefault(members.ofColleges() ? "college" : "the country", "unknown")),
                Math.toIntExact(on.toEpochDay()));
        return member ? "member" : "non-member";
    }

    private static long multiplyFields(Map<String, Object> row, List<String> fields) {
        long product = 1;
        for (String field : fields) {
            product *= row.get(field) instanceof Integer number ? number : 0;
        }
        return product;
    }

    private static String countryField(CountedFigure figure) {
        return Stream.of("hostCountry", "nationality", "country", "partnerCountry")
                .filter(figure.dimensions()::contains)
                .findFirst()
                .orElse("no country");
    }

    private static List<?> elementsOf(CountedFigure figure, Map<String, Object> row, String field) {
        Object value = row.get(field);
        if (value != null && figure.joins().containsKey(field)) {
            return List.of(row.get("province") + "/" + value);
        }
        return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
    }

    private static @Nullable LocalDate parseDate(@Nullable Object text) {
        return text == null ? null : LocalDate.parse(text.toString());
    }
}
