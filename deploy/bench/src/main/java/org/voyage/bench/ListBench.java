package org.voyage.bench;

import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.voyage.local.Platform;

/**
 * Measurement of the first page of a list of 100 enrolments over 64 connections with checked tokens. The baseline is a
 * constant of that size. One series asks for the same page; the other uses filters that no earlier request used, with
 * the same records.
 */
class ListBench {

    private static final int CONNECTIONS = 64;
    private static final int ROUND_SECONDS = 5;
    private static final int ROUND_COUNT = 5;
    private static final String PROVINCE = "12";
    private static final int STORED_RECORDS = 20_000;
    private static final LocalDate FIRST_DAY = LocalDate.parse("1950-01-01");
    private static final LocalDate LAST_DAY = LocalDate.parse("2030-01-01");
    private static final int DAY_COUNT = 20_000;

    private final Platform platform;
    private final BaselineProcess baseline;
    private final LoadGenerator load;
    private int asked;

    ListBench(Platform platform, BaselineProcess baseline, LoadGenerator load) {
        this.platform = platform;
        this.baseline = baseline;
        this.load = load;
    }

    void runMeasurement() throws IOException, InterruptedException {
        String token = BenchTokens.requestToken(platform, "bureau-" + PROVINCE);
        String collection = platform.urlOf("mobility") + "/v1/inbound-enrolments";
        LoadGenerator.LoadCall page =
                new LoadGenerator.LoadCall(HttpMethod.GET, collection + "?limit=100", token, null);
        LoadGenerator.LoadCall constant =
                new LoadGenerator.LoadCall(HttpMethod.GET, baseline.url() + "/constant", token, null);
        try (HttpClient http = HttpClient.newHttpClient()) {
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < STORED_RECORDS; i++) {
                rows.append(BulkRecordType.ENROLMENTS.line().lineOf(PROVINCE, i));
            }
            sendRequest(
                    http,
                    requestTo(collection + "/batches", token, "application/x-ndjson")
                            .POST(HttpRequest.BodyPublishers.ofString(rows.toString())));
            String answer =
                    sendRequest(http, requestTo(page.url(), token, "text/plain").GET());
            baseline.setConstantAnswer(answer);
            System.out.println("the page has " + answer.getBytes(StandardCharsets.UTF_8).length + " bytes");
        }
        RoundComparison same = new RoundComparison("the same page", "constant", "requests/s");
        RoundComparison others = new RoundComparison("pages that differ", "constant", "requests/s");
        LoadGenerator.CallSource differing =
                connection -> new LoadGenerator.LoadCall(HttpMethod.GET, page.url() + nextFilter(), token, null);
        WarmUp.runUntilSteady(() -> load.measureRate(CONNECTIONS, ROUND_SECONDS, page));
        WarmUp.runUntilSteady(() -> load.measureRate(CONNECTIONS, ROUND_SECONDS, differing));
        WarmUp.runUntilSteady(() -> load.measureRate(CONNECTIONS, ROUND_SECONDS, constant));
        for (int round = 0; round < ROUND_COUNT; round++) {
            double plain = load.measureRate(CONNECTIONS, ROUND_SECONDS, constant);
            same.addRound(load.measureRate(CONNECTIONS, ROUND_SECONDS, page), plain);
            others.addRound(load.measureRate(CONNECTIONS, ROUND_SECONDS, differing), plain);
        }
        same.printRounds();
        others.printRounds();
    }

    /** Returns new filters that every record meets; called from the single thread of the load. */
    private String nextFilter() {
        int number = asked++;
        return "&startedFrom=" + FIRST_DAY.plusDays(number % DAY_COUNT) + "&startedUntil="
                + LAST_DAY.plusDays(number / DAY_COUNT);
    }

    private static HttpRequest.Builder requestTo(String url, String token, String type) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type);
    }

    private static String sendRequest(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
