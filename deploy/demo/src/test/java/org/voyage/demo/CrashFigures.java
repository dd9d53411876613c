package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Figures by year and one dimension, as the indicators service answers them and recomputed from the record tables. */
final class CrashFigures {

    static final List<String> DIMENSIONS = List.of("hostCountry", "brand", "tier", "form", "status", "province");

    /** The schools that exist at the end of each year. */
    private static final String SCHOOLS = """
            with school as (
              select province, record, (record ->> 'openedOn')::date opened, (record ->> 'closedOn')::date closed
                from overseas_school where reason is null and status <> 'planned')
            select year, %1$s, count(*) from school, generate_series(2012, extract(year from now())::int) year
             where opened <= make_date(year, 12, 31) and (closed is null or closed > make_date(year, 12, 31))
             group by grouping sets (%2$s)""";

    private static final String STUDENTS = """
            select h.record ->> 'year', %1$s, sum((h.record ->> 'students')::int)
              from overseas_headcount h
              join overseas_school school on school.province = h.province and school.source_id = h.school
             where h.reason is null and school.reason is null
             group by grouping sets (%2$s)""";

    private CrashFigures() {}

    /** By "dimension year value"; no zeros. */
    static Map<String, Long> recomputed(String indicator, CrashTables tables) {
        String sql = indicator.equals("overseas-schools") ? SCHOOLS : STUDENTS;
        String year = indicator.equals("overseas-schools") ? "year" : "h.record ->> 'year'";
        List<String> columns = DIMENSIONS.stream()
                .map(name -> name.equals("province") ? "school.province" : "school.record ->> '" + name + "'")
                .toList();
        List<String> sets =
                columns.stream().map(column -> "(" + year + ", " + column + ")").toList();
        Map<String, Long> figures = new TreeMap<>();
        for (String[] row :
                tables.query("overseas", sql.formatted(String.join(", ", columns), String.join(", ", sets)))) {
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
