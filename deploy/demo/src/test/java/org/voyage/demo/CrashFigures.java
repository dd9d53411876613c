package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Figures by year and one dimension, as the indicators service answers them and recomputed from the record tables. */
final class CrashFigures {

    static final List<String> DIMENSIONS = List.of("hostCountry", "brand", "tier", "form", "status", "province");

    /**
     * What a figure is in SQL.
     *
     * @param rows what counts, beside its school
     * @param year the year that each row counts in
     */
    private record Sql(String rows, String year, String value) {}

    /** The schools that exist at the end of each year. */
    private static final String STOCK = """
            school join generate_series(2012, extract(year from now())::int) as years (year)
              on (school.record ->> 'openedOn')::date <= least(make_date(year, 12, 31), current_date)
             and coalesce((school.record ->> 'closedOn')::date > least(make_date(year, 12, 31), current_date), true)
             and school.status <> 'planned'
            """;

    private static final String HEADCOUNTS =
            "school join overseas_headcount child on child.province = school.province and child.school = school.source_id"
                    + " and child.reason is null";
    private static final String TRAININGS =
            "school join overseas_training child on child.province = school.province and child.school = school.source_id"
                    + " and child.reason is null";
    private static final String STARTED = "extract(year from (child.record ->> 'startedOn')::date)::int";

    private static final Map<String, Sql> FIGURES = Map.of(
            "overseas-schools", new Sql(STOCK, "year", "count(*)"),
            "overseas-countries",
                    new Sql(
                            STOCK,
                            "year",
                            "count(distinct school.record ->> 'hostCountry')"
                                    + " filter (where school.record ->> 'hostCountry' not in ('CHN', 'HKG', 'MAC', 'TWN'))"),
            "overseas-founding-colleges",
                    new Sql(
                            STOCK + ", jsonb_array_elements_text(school.record -> 'foundingColleges') college",
                            "year",
                            "count(distinct college)"),
            "overseas-majors",
                    new Sql(
                            STOCK + ", jsonb_array_elements_text(school.record -> 'majors') major",
                            "year",
                            "count(distinct major)"),
            "overseas-students",
                    new Sql(HEADCOUNTS, "(child.record ->> 'year')::int", "sum((child.record ->> 'students')::int)"),
            "overseas-training-people", new Sql(TRAININGS, STARTED, "sum((child.record ->> 'people')::int)"),
            "overseas-training-person-days",
                    new Sql(
                            TRAININGS,
                            STARTED,
                            "sum((child.record ->> 'people')::int * (child.record ->> 'days')::int)"));

    static final List<String> INDICATORS = FIGURES.keySet().stream().sorted().toList();

    private CrashFigures() {}

    /** By "dimension year value"; no zeros. */
    static Map<String, Long> recomputed(String indicator, CrashTables tables) {
        Sql sql = Objects.requireNonNull(FIGURES.get(indicator));
        List<String> columns = DIMENSIONS.stream()
                .map(name -> name.equals("province") ? "school.province" : "school.record ->> '" + name + "'")
                .toList();
        List<String> sets = columns.stream()
                .map(column -> "(" + sql.year() + ", " + column + ")")
                .toList();
        Map<String, Long> figures = new TreeMap<>();
        String query =
                "select %s, %s, %s from (select * from overseas_school where reason is null) %s group by grouping sets (%s)"
                        .formatted(
                                sql.year(),
                                String.join(", ", columns),
                                sql.value(),
                                sql.rows(),
                                String.join(", ", sets));
        for (String[] row : tables.query("overseas", query)) {
            for (int i = 0; i < DIMENSIONS.size(); i++) {
                if (row[i + 1] != null) {
                    put(figures, DIMENSIONS.get(i), row[0], row[i + 1], Long.parseLong(row[DIMENSIONS.size() + 1]));
                }
            }
        }
        return figures;
    }

    /** The same from the service, at least as new as the receipts say. */
    static Map<String, Long> live(String indicator, List<String> receipts, StubbornClient client) {
        Map<String, Long> figures = new TreeMap<>();
        receipts.forEach(receipt -> ask(indicator, "year&receipt=" + receipt, client));
        for (String dimension : DIMENSIONS) {
            for (JsonNode value : ask(indicator, "year," + dimension, client).path("values")) {
                put(
                        figures,
                        dimension,
                        value.path("year").asText(),
                        value.path(dimension).asText(),
                        value.path("value").asLong());
            }
        }
        return figures;
    }

    private static JsonNode ask(String indicator, String by, StubbornClient client) {
        return client.send(api -> api.get(
                        "operator", api.endpoints().indicators(), "/v1/indicators/" + indicator + "/values?by=" + by))
                .json();
    }

    private static void put(Map<String, Long> figures, String dimension, String year, String value, long figure) {
        if (figure != 0) {
            figures.put(dimension + " " + year + " " + value, figure);
        }
    }
}
