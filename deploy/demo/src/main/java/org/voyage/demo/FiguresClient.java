package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
        getPatiently("/v1/indicators/overseas-schools/values?receipt=" + ApiClient.encode(receipt));
    }

    /** Waits until the evidence includes the writes, too; returns a moment at which they are known. */
    Instant awaitEvidence(Set<String> receipts) {
        String path = "/v1/indicators/overseas-schools/evidence?period=2012&limit=1"
                + receipts.stream()
                        .map(receipt -> "&receipt=" + ApiClient.encode(receipt))
                        .collect(Collectors.joining());
        return Instant.parse(getPatiently(path).parseJson().at("/position/time").asText());
    }

    /** Returns the value of a figure in a year as it was known at a moment. */
    long fetchKnownValue(String figure, int year, Instant moment) {
        return getPatiently("/v1/indicators/" + figure + "/values?period=" + year + "&asOf=" + moment)
                .parseJson()
                .at("/items/0/value")
                .asLong();
    }

    private ApiResponse getPatiently(String path) {
        ApiResponse answer = get(path);
        for (int i = 1; i < MAX_ATTEMPTS && answer.status() == UNAVAILABLE; i++) {
            answer.pauseForRetryAfter();
            answer = get(path);
        }
        return answer.requireOk();
    }

    /** Releases the figures of persons for outside readers, for settled years without a release. */
    void releaseFigures() {
        api.post(OPERATOR, api.endpoints().indicators(), "/v1/releases?allowUnlocked=true")
                .requireOk();
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
