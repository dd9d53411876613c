package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Client of the indicators service in the role of the national operations team. */
final class FiguresClient {

    private static final String OPERATOR = "operator";
    private static final int MAX_ATTEMPTS = 20;
    private static final int UNAVAILABLE = 503;

    private final ApiClient api;

    FiguresClient(ApiClient api) {
        this.api = api;
    }

    /** Waits until the figures include the write: the service holds the request, or answers with a time to retry. */
    void awaitReceipt(String receipt) {
        String path = "/v1/indicators/overseas-schools/values?receipt=" + ApiClient.encode(receipt);
        ApiResponse answer = get(path);
        for (int i = 1; i < MAX_ATTEMPTS && answer.status() == UNAVAILABLE; i++) {
            answer.pauseForRetryAfter();
            answer = get(path);
        }
        answer.requireOk();
    }

    /** Releases the figures of persons for outside readers, for settled years without a release. */
    void releaseFigures() {
        api.post(OPERATOR, api.endpoints().indicators(), "/v1/releases").requireOk();
    }

    /** Returns every published figure, and the contradictions in the published set. */
    ReconciliationResult fetchReconciliation() {
        JsonNode answer = get("/v1/reconciliation").requireOk().parseJson();
        List<PublishedComparison> comparisons = new ArrayList<>();
        answer.path("items").forEach(line -> comparisons.add(toComparison(line)));
        List<PublishedContradiction> contradictions = new ArrayList<>();
        answer.path("contradictions").forEach(found -> contradictions.add(toContradiction(found)));
        return new ReconciliationResult(comparisons, contradictions);
    }

    private static PublishedContradiction toContradiction(JsonNode found) {
        List<String> figures = new ArrayList<>();
        found.path("figures").forEach(figure -> figures.add(figure.asText()));
        JsonNode explanation = found.path("explanation");
        return new PublishedContradiction(
                found.path("rule").asText(),
                figures,
                explanation.path("en").asText() + " " + explanation.path("zh").asText());
    }

    private static PublishedComparison toComparison(JsonNode line) {
        boolean comparable = line.path("comparable").asBoolean();
        return new PublishedComparison(
                line.path("service").asText(),
                line.path("figure").asText(),
                line.path("period").asText(),
                line.path("relation").asText(),
                line.path("published").decimalValue(),
                line.path("live").isNumber() ? line.path("live").decimalValue() : null,
                !comparable || line.path("matches").asBoolean(),
                line.path("unit").asText());
    }

    private ApiResponse get(String path) {
        return api.get(OPERATOR, api.endpoints().indicators(), path);
    }
}
