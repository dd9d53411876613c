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
import org.voyage.indicators.indicator.Each;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.reference.MemberList;
import org.voyage.indicators.reference.Reference;

/** The figures once more, from the newest version of every fact, by looking at each fact for each value. Slow, plain. */
final class Naive {

    private final Reference reference;
    private final Map<String, Version> newest = new HashMap<>();
    private final Map<String, List<Map<String, Object>>> rows = new HashMap<>();

    Naive(Reference reference) {
        this.reference = reference;
    }

    void deliver(Version version) {
        rows.clear();
        newest.merge(version.record() + " " + version.key(), version, (a, b) -> a.version() >= b.version() ? a : b);
    }

    /** A time to answer for, with the name that its year has. */
    record When(String year, LocalDate from, LocalDate to) {}

    Map<List<String>, Long> answer(FigureQuery query, List<When> times, LocalDate today) {
        Indicator indicator = (Indicator) query.indicator();
        List<String> by = query.byNames();
        Map<List<String>, Long> sums = new TreeMap<>(Comparator.comparing(List::toString));
        Map<List<String>, Set<Object>> seen = new HashMap<>();
        for (When when : times) {
            for (Map<String, Object> row : rows(indicator)) {
                LocalDate day = day(indicator, row, when);
                if (day == null || !asked(query, row, day, today)) {
                    continue;
                }
                List<String> at = new ArrayList<>();
                by.forEach(name -> at.add(name.equals("year") ? when.year() : code(row, name, day, today)));
                switch (indicator.measure()) {
                    case Measure.Count _ -> sums.merge(at, 1L, Long::sum);
                    case Measure.Sum sum -> sums.merge(at, product(row, sum.of()), Long::sum);
                    case Measure.Distinct distinct -> {
                        Set<Object> values = seen.computeIfAbsent(at, key -> new HashSet<>());
                        values.addAll(elements(indicator, row, distinct.of()));
                        sums.put(at, (long) values.size());
                    }
                }
            }
        }
        sums.values().removeIf(value -> value == 0);
        return sums;
    }

    /** The codes that a figure has in one dimension. */
    Set<String> codes(Indicator indicator, String dimension) {
        return rows(indicator).stream()
                .map(row -> String.valueOf(row.getOrDefault(dimension, "unknown")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean asked(FigureQuery query, Map<String, Object> row, LocalDate day, LocalDate today) {
        return query.filters().entrySet().stream()
                        .allMatch(filter -> filter.getValue().contains(code(row, filter.getKey(), day, today)))
                && query.lists().stream()
                        .allMatch(list -> code(row, "list:" + list, day, today).equals("member"));
    }

    private List<Map<String, Object>> rows(Indicator indicator) {
        return rows.computeIfAbsent(indicator.code(), code -> look(indicator));
    }

    private List<Map<String, Object>> look(Indicator indicator) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Version version : newest.values()) {
            if (!version.record().equals(indicator.record()) || version.fields() == null) {
                continue;
            }
            Map<String, Object> row = new HashMap<>();
            String province = version.key().substring(0, 2);
            boolean complete = true;
            boolean belongs = indicator.join().isEmpty();
            for (Map.Entry<String, String> join : indicator.join().entrySet()) {
                Object named = version.fields().get(join.getKey());
                if (named == null) {
                    continue;
                }
                belongs = true;
                Version joined = newest.get(join.getValue() + " " + province + "/" + named);
                complete &= joined != null && joined.fields() != null;
                if (joined != null && joined.fields() != null) {
                    row.putAll(joined.fields());
                }
            }
            row.putAll(version.fields());
            row.put("province", province);
            row.put("record", version.key());
            indicator.numbers().forEach((dimension, of) -> number(row, of).ifPresent(n -> row.put(dimension, n)));
            boolean wanted = indicator.where().entrySet().stream()
                    .allMatch(where -> where.getValue().contains(row.getOrDefault(where.getKey(), "unknown")));
            boolean unwanted = indicator.except().entrySet().stream()
                    .anyMatch(except -> except.getValue().contains(row.getOrDefault(except.getKey(), "unknown")));
            if (complete && belongs && wanted && !unwanted) {
                expanded(indicator, row).forEach(each -> {
                    place(indicator, each);
                    found.add(each);
                });
            }
        }
        return found;
    }

    private void place(Indicator indicator, Map<String, Object> row) {
        String country = String.valueOf(row.getOrDefault(countryField(indicator), "unknown"));
        row.put("the country", country);
        row.put("region", reference.geography().of("region", country));
        row.put("subRegion", reference.geography().of("subRegion", country));
    }

    /** One row for each element of the list that a figure takes a dimension from. */
    private static List<Map<String, Object>> expanded(Indicator indicator, Map<String, Object> row) {
        if (indicator.each().isEmpty()) {
            return List.of(row);
        }
        Each each = indicator.each().get();
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
        if (rows.isEmpty() && indicator.measure() instanceof Measure.Distinct) {
            rows.add(row);
        }
        return rows;
    }

    private static Optional<Object> number(Map<String, Object> row, List<String> of) {
        if (of.size() == 1) {
            return Optional.ofNullable(row.get(of.getFirst()));
        }
        LocalDate from = date(row.get(of.getFirst()));
        LocalDate until = date(row.get(of.getLast()));
        return from == null || until == null ? Optional.empty() : Optional.of(until.toEpochDay() - from.toEpochDay());
    }

    /** The day whose list members count when the row counts at that time; null when it does not count. */
    private static @Nullable LocalDate day(Indicator indicator, Map<String, Object> row, When when) {
        return switch (indicator.period()) {
            case PeriodRule.Stock stock -> {
                LocalDate from = date(row.get(stock.from()));
                boolean there = from != null && !from.isAfter(when.to());
                for (String until : stock.until()) {
                    LocalDate end = date(row.get(until));
                    there &= end == null || end.isAfter(when.to());
                }
                yield there ? when.to() : null;
            }
            case PeriodRule.FlowOnDate flow -> {
                LocalDate on = date(row.get(flow.on()));
                yield on != null && !on.isBefore(when.from()) && !on.isAfter(when.to()) ? on : null;
            }
            case PeriodRule.FlowOfYear flow -> {
                Object year = row.get(flow.year());
                yield year != null && year.equals(when.to().getYear()) ? when.to() : null;
            }
        };
    }

    private String code(Map<String, Object> row, String name, LocalDate day, LocalDate today) {
        if (!name.startsWith("list:")) {
            return String.valueOf(row.getOrDefault(name, "unknown"));
        }
        String list = name.substring(5, name.indexOf('@'));
        LocalDate on = name.endsWith("@then") ? day : today;
        MemberList members = reference.list(list).orElseThrow();
        boolean member = members.isMember(
                String.valueOf(row.getOrDefault(members.ofColleges() ? "college" : "the country", "unknown")),
                Math.toIntExact(on.toEpochDay()));
        return member ? "member" : "non-member";
    }

    private static long product(Map<String, Object> row, List<String> fields) {
        long product = 1;
        for (String field : fields) {
            product *= row.get(field) instanceof Integer number ? number : 0;
        }
        return product;
    }

    private static String countryField(Indicator indicator) {
        return Stream.of("hostCountry", "nationality", "country", "partnerCountry")
                .filter(indicator.dimensions()::contains)
                .findFirst()
                .orElse("no country");
    }

    private static List<?> elements(Indicator indicator, Map<String, Object> row, String field) {
        Object value = row.get(field);
        if (value != null && indicator.join().containsKey(field)) {
            return List.of(row.get("province") + "/" + value);
        }
        return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
    }

    private static @Nullable LocalDate date(@Nullable Object text) {
        return text == null ? null : LocalDate.parse(text.toString());
    }
}
