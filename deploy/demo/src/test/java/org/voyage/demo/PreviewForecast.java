package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Forecast of a preview, to compare with the real figures afterwards. */
final class PreviewForecast {

    private static final String INDICATORS_PATH = "/v1/indicators/";

    private final ApiClient api;
    private final JsonNode preview;

    private PreviewForecast(ApiClient api, JsonNode preview) {
        this.api = api;
        this.preview = preview;
    }

    /** Sends the answer of a dry run unchanged to previews, with the token of the bureau. */
    static PreviewForecast ofPreview(ApiClient api, String province, BulkFile changes) {
        return new PreviewForecast(
                api,
                api.post(ApiClient.bureauClient(province), api.endpoints().indicators(), "/v1/previews", changes)
                        .requireOk()
                        .parseJson());
    }

    /**
     * Returns every figure in every year, by code and year, without zeros. Growth has years of its own: see
     * {@link #requireConsistentYearsAndRanks}.
     */
    static Map<String, BigDecimal> fetchLive(ApiClient api) {
        Map<String, BigDecimal> live = new TreeMap<>();
        for (JsonNode figure : getJson(api, "/v1/indicators").path("items")) {
            if (!figure.at("/derived/kind").asText().equals("growth")) {
                String code = figure.path("code").asText();
                getJson(api, INDICATORS_PATH + code + "/values?by=year")
                        .path("items")
                        .forEach(value -> putValue(live, code, value.path("year"), value.path("value")));
            }
        }
        return live;
    }

    /** Returns the expected figures from the current ones. */
    Map<String, BigDecimal> applyTo(Map<String, BigDecimal> before) {
        Map<String, BigDecimal> after = new TreeMap<>(before);
        for (JsonNode figure : preview.path("items")) {
            String code = figure.at("/indicator/code").asText();
            for (JsonNode year : figure.path("years")) {
                if (isYear(year)) {
                    after.remove(code + " " + year.path("period").asText());
                    putValue(after, code, year.path("period"), year.path("after"));
                }
            }
        }
        return after;
    }

    /** Requires that growth, values and ranks of provinces and countries are as forecast. */
    void requireConsistentYearsAndRanks() {
        for (JsonNode figure : preview.path("items")) {
            String values = INDICATORS_PATH + figure.at("/indicator/code").asText() + "/values?period=";
            for (JsonNode year : figure.path("years")) {
                if (!isYear(year)) {
                    JsonNode answer = getJson(api, values + year.path("period").asText());
                    assertThat(answer.at("/values/0/value")).as(values).isEqualTo(year.path("after"));
                }
            }
            Map<String, List<JsonNode>> places = new TreeMap<>();
            figure.path("ranks")
                    .forEach(rank -> places.computeIfAbsent(
                                    rank.path("period").asText() + "&by="
                                            + rank.path("dimension").asText(),
                                    key -> new ArrayList<>())
                            .add(rank));
            places.forEach((asked, ranks) -> requireRanks(values + asked, ranks));
        }
    }

    private void requireRanks(String asked, List<JsonNode> ranks) {
        Map<String, BigDecimal> values = new TreeMap<>();
        String dimension = ranks.getFirst().path("dimension").asText();
        getJson(api, asked).path("items").forEach(value -> {
            if (value.path("value").isNumber()) {
                values.put(value.path(dimension).asText(), value.path("value").decimalValue());
            }
        });
        for (JsonNode rank : ranks) {
            BigDecimal value = values.get(rank.path("code").asText());
            if (value == null) {
                assertThat(rank.path("rankAfter").isNull())
                        .as("%s: %s", asked, rank)
                        .isTrue();
            } else {
                // Values with equal shown digits may differ in further digits.
                long larger = values.values().stream()
                        .filter(other -> other.compareTo(value) > 0)
                        .count();
                long notSmaller = values.values().stream()
                        .filter(other -> other.compareTo(value) >= 0)
                        .count();
                assertThat(rank.path("after").decimalValue())
                        .as("%s: %s", asked, rank)
                        .isEqualByComparingTo(value);
                assertThat(rank.path("rankAfter").asLong())
                        .as("%s: %s", asked, rank)
                        .isBetween(larger + 1, notSmaller);
            }
        }
    }

    private static boolean isYear(JsonNode year) {
        return year.path("period").asText().length() == 4;
    }

    private static void putValue(Map<String, BigDecimal> to, String code, JsonNode year, JsonNode value) {
        if (value.isNumber() && value.decimalValue().signum() != 0) {
            to.put(code + " " + year.asText(), value.decimalValue().setScale(2));
        }
    }

    private static JsonNode getJson(ApiClient api, String path) {
        return api.get("operator", api.endpoints().indicators(), path)
                .requireOk()
                .parseJson();
    }
}
