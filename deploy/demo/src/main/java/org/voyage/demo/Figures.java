package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Asks the indicators service as the national operations team does. */
final class Figures {

    private static final String OPERATOR = "operator";
    private static final int ATTEMPTS = 20;
    private static final int UNAVAILABLE = 503;

    private final Api api;

    Figures(Api api) {
        this.api = api;
    }

    /** Returns when the figures include the write: the service holds the question until they do, or says when to ask again. */
    void await(String receipt) {
        String path = "/v1/indicators/overseas-schools/values?receipt=" + Api.encoded(receipt);
        Answer answer = get(path);
        for (int i = 1; i < ATTEMPTS && answer.status() == UNAVAILABLE; i++) {
            answer.pauseAsTold();
            answer = get(path);
        }
        answer.orRefused();
    }

    Reconciliation reconciliation() {
        JsonNode answer = get("/v1/reconciliation?service=overseas").orRefused().json();
        List<Comparison> comparisons = new ArrayList<>();
        for (JsonNode figure : answer.path("figures")) {
            comparisons.add(comparison(figure));
        }
        List<String> contradictions = new ArrayList<>();
        for (JsonNode contradiction : answer.path("contradictions")) {
            contradictions.add(contradiction.path("detail").asText());
        }
        return new Reconciliation(comparisons, contradictions);
    }

    private static Comparison comparison(JsonNode figure) {
        JsonNode live = figure.path("live");
        return new Comparison(
                figure.path("figure").asText(),
                figure.path("period").asText(),
                new BigDecimal(figure.path("published").asText()),
                live.isNumber() ? live.decimalValue() : null,
                figure.path("unit").asText());
    }

    private Answer get(String path) {
        return api.get(OPERATOR, api.endpoints().indicators(), path);
    }
}
