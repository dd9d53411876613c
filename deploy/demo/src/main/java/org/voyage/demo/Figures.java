package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** Lets readers outside see the figures of persons, as far as their years are settled and not released already. */
    void release() {
        api.post(OPERATOR, api.endpoints().indicators(), "/v1/releases").orRefused();
    }

    /** Every published figure, and the contradictions inside the published set. */
    Reconciliation reconciliation() {
        JsonNode answer = get("/v1/reconciliation").orRefused().json();
        List<Comparison> comparisons = new ArrayList<>();
        answer.path("lines").forEach(line -> comparisons.add(comparison(line)));
        List<Contradiction> contradictions = new ArrayList<>();
        answer.path("contradictions").forEach(found -> contradictions.add(contradiction(found)));
        return new Reconciliation(comparisons, contradictions);
    }

    private static Contradiction contradiction(JsonNode found) {
        List<String> figures = new ArrayList<>();
        found.path("figures").forEach(figure -> figures.add(figure.asText()));
        JsonNode explanation = found.path("explanation");
        return new Contradiction(
                found.path("rule").asText(),
                figures,
                explanation.path("en").asText() + " " + explanation.path("zh").asText());
    }

    private static Comparison comparison(JsonNode line) {
        boolean comparable = line.path("comparable").asBoolean();
        return new Comparison(
                line.path("service").asText(),
                line.path("figure").asText(),
                line.path("period").asText(),
                line.path("relation").asText(),
                line.path("published").decimalValue(),
                line.path("live").isNumber() ? line.path("live").decimalValue() : null,
                !comparable || line.path("matches").asBoolean(),
                line.path("unit").asText());
    }

    private Answer get(String path) {
        return api.get(OPERATOR, api.endpoints().indicators(), path);
    }
}
