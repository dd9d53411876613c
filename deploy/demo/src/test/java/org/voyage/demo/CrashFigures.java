package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Figures by year and one dimension, from the indicators service and recomputed from the record tables. */
final class CrashFigures {

    static final List<String> DIMENSIONS = List.of("hostCountry", "brand", "tier", "form", "status", "province");

    private static final Duration PROOF_TIMEOUT = Duration.ofMinutes(2);

    /**
     * Definition of a figure in SQL.
     *
     * @param rows the counted rows joined with their school
     * @param year the year of each row
     */
    private record FigureSql(String rows, String year, String value) {}

    /** Selects the schools that exist at the end of each year. */
    private static final String STOCK_SQL = """
            school join generate_series(2012, extract(year from now())::int) as years (year)
              on (school.record ->> 'openedOn')::date <= least(make_date(year, 12, 31), current_date)
             and coalesce((school.record ->> 'closedOn')::date > least(make_date(year, 12, 31), current_date), true)
             and school.status <> 'planned'
            """;

    private static final String HEADCOUNTS_SQL =
            "school join overseas_headcount child on child.province = school.province and child.school = school.source_id"
                    + " and child.reason is null";
    private static final String TRAININGS_SQL =
            "school join overseas_training child on child.province = school.province and child.school = school.source_id"
                    + " and child.reason is null";
    private static final String START_YEAR_SQL = "extract(year from (child.record ->> 'startedOn')::date)::int";

    private static final Map<String, FigureSql> FIGURES = Map.of(
            "overseas-schools", new FigureSql(STOCK_SQL, "year", "count(*)"),
            "overseas-countries",
                    new FigureSql(
                            STOCK_SQL,
                            "year",
                            "count(distinct school.record ->> 'hostCountry')"
                                    + " filter (where school.record ->> 'hostCountry' not in ('CHN', 'HKG', 'MAC', 'TWN'))"),
            "overseas-founding-colleges",
                    new FigureSql(
                            STOCK_SQL + ", jsonb_array_elements_text(school.record -> 'foundingColleges') college",
                            "year",
                            "count(distinct college)"),
            "overseas-majors",
                    new FigureSql(
                            STOCK_SQL + ", jsonb_array_elements_text(school.record -> 'majors') major",
                            "year",
                            "count(distinct major)"),
            "overseas-students",
                    new FigureSql(
                            HEADCOUNTS_SQL,
                            "(child.record ->> 'year')::int",
                            "sum((child.record ->> 'students')::int)"),
            "overseas-training-people",
                    new FigureSql(TRAININGS_SQL, START_YEAR_SQL, "sum((child.record ->> 'people')::int)"),
            "overseas-training-person-days",
                    new FigureSql(
                            TRAININGS_SQL,
                            START_YEAR_SQL,
                            "sum((child.record ->> 'people')::int * (child.record ->> 'days')::int)"));

    static final List<String> INDICATORS = FIGURES.keySet().stream().sorted().toList();

    private CrashFigures() {}

    /** Returns the recomputed numbers by "dimension year value", without zeros. */
    static Map<String, Long> recompute(String indicator, CrashTables tables) {
        FigureSql sql = Objects.requireNonNull(FIGURES.get(indicator));
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
                    putFigure(
                            figures, DIMENSIONS.get(i), row[0], row[i + 1], Long.parseLong(row[DIMENSIONS.size() + 1]));
                }
            }
        }
        return figures;
    }

    /** Returns the service's numbers, at least as new as the receipts. */
    static Map<String, Long> fetchLive(String indicator, List<String> receipts, RetryingClient client) {
        Map<String, Long> figures = new TreeMap<>();
        receipts.forEach(receipt -> fetchValues(indicator, "year&receipt=" + receipt, client));
        for (String dimension : DIMENSIONS) {
            for (JsonNode value :
                    fetchValues(indicator, "year," + dimension, client).path("items")) {
                putFigure(
                        figures,
                        dimension,
                        value.path("year").asText(),
                        value.path(dimension).asText(),
                        value.path("value").asLong());
            }
        }
        return figures;
    }

    /** Requires a proof of all figures with the verdict that all are right. @return the proof */
    static JsonNode requireProved(RetryingClient client) {
        ApiResponse begun = client.sendUntilAcknowledged(
                api -> api.post("operator", api.endpoints().indicators(), "/v1/proofs"));
        String path =
                URI.create(begun.headers().firstValue("Location").orElseThrow()).getPath();
        JsonNode proof = await().atMost(PROOF_TIMEOUT)
                .until(
                        () -> client.sendUntilAcknowledged(api ->
                                        api.get("operator", api.endpoints().indicators(), path))
                                .parseJson()
                                .path("proof"),
                        answer -> !answer.path("verdict").asText().equals("running"));
        assertThat(proof.path("verdict").asText()).as("%s", proof).isEqualTo("proved");
        return proof;
    }

    private static JsonNode fetchValues(String indicator, String by, RetryingClient client) {
        return client.sendUntilAcknowledged(api -> api.get(
                        "operator", api.endpoints().indicators(), "/v1/indicators/" + indicator + "/values?by=" + by))
                .parseJson();
    }

    private static void putFigure(Map<String, Long> figures, String dimension, String year, String value, long figure) {
        if (figure != 0) {
            figures.put(dimension + " " + year + " " + value, figure);
        }
    }
}
