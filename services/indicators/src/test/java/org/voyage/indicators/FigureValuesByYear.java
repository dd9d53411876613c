package org.voyage.indicators;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.TestTokens;

/**
 * Values of all figures of some records by year, as responses return them, and their changes according to a response.
 */
public final class FigureValuesByYear {

    private FigureValuesByYear() {}

    /**
     * Returns the values of counted and derived figures, without growth, which has its own years, and without zeros.
     */
    public static Map<String, Map<String, String>> readAll(String records, @Nullable Receipt receipt) {
        Map<String, Map<String, String>> figures = new TreeMap<>();
        List<String> codes = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators")
                .jsonPath()
                .getList("items.findAll { it.record.startsWith('" + records
                        + "') && it.derived?.kind != 'growth' }.code");
        for (String code : codes) {
            Map<String, String> years = new TreeMap<>();
            readValues(code, "by=year" + (receipt == null ? "" : "&receipt=" + receipt.text()))
                    .forEach(value -> putValue(years, value.get("year"), value.get("value")));
            figures.put(code, years);
        }
        return figures;
    }

    public static List<Map<String, Object>> readValues(String code, String question) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + code + "/values?" + question)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items");
    }

    /**
     * Merges the values of all years in a response into other values.
     *
     * @param side {@code before} or {@code after}
     */
    public static Map<String, Map<String, String>> withAnswer(
            Map<String, Map<String, String>> others, JsonPath answer, String side) {
        Map<String, Map<String, String>> figures = new TreeMap<>();
        others.forEach((code, years) -> figures.put(code, new TreeMap<>(years)));
        for (int i = 0; i < answer.getList("items").size(); i++) {
            String figure = "items[" + i + "].";
            Map<String, String> years = figures.get(answer.getString(figure + "indicator.code"));
            if (years != null) {
                answer.<Map<String, Object>>getList(figure + "years").forEach(year -> {
                    years.remove(String.valueOf(year.get("period")));
                    putValue(years, year.get("period"), year.get(side));
                });
            }
        }
        return figures;
    }

    private static void putValue(Map<String, String> years, @Nullable Object year, @Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() != 0) {
            years.put(String.valueOf(year), number.toString());
        }
    }
}
