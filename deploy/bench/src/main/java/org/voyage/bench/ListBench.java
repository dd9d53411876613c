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
 * The first page of a list of 100 enrolments over 64 connections, tokens checked, beside a constant of that size: the same
 * page asked by all, and pages by filters that no request named before, with the same records.
 */
class ListBench {

    private static final int CONNECTIONS = 64;
    private static final int SECONDS = 5;
    private static final int ROUNDS = 5;
    private static final String PROVINCE = "12";
    private static final int STORED = 20_000;
    private static final LocalDate EARLY = LocalDate.parse("1950-01-01");
    private static final LocalDate LATE = LocalDate.parse("2030-01-01");
    private static final int DAYS = 20_000;

    private final Platform platform;
    private final Baseline baseline;
    private final Load load;
    private int asked;

    ListBench(Platform platform, Baseline baseline, Load load) {
        this.platform = platform;
        this.baseline = baseline;
        this.load = load;
    }

    void run() throws IOException, InterruptedException {
        String token = Tokens.of(platform, "bureau-" + PROVINCE);
        String collection = platform.url("mobility") + "/v1/inbound-enrolments";
        Load.Call page = new Load.Call(HttpMethod.GET, collection + "?limit=100", token, null);
        Load.Call constant = new Load.Call(HttpMethod.GET, baseline.url() + "/constant", token, null);
        try (HttpClient http = HttpClient.newHttpClient()) {
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < STORED; i++) {
                rows.append(Bulk.ENROLMENTS.line().of(PROVINCE, i));
            }
            send(
                    http,
                    request(collection + "/batches", token, "application/x-ndjson")
                            .POST(HttpRequest.BodyPublishers.ofString(rows.toString())));
            String answer = send(http, request(page.url(), token, "text/plain").GET());
            baseline.answerWith(answer);
            System.out.println("the page has " + answer.getBytes(StandardCharsets.UTF_8).length + " bytes");
        }
        Rounds same = new Rounds("the same page", "constant", "requests/s");
        Rounds others = new Rounds("pages that differ", "constant", "requests/s");
        Load.Calls differing = connection -> new Load.Call(HttpMethod.GET, page.url() + unasked(), token, null);
        WarmUp.steady(() -> load.sound(CONNECTIONS, SECONDS, page));
        WarmUp.steady(() -> load.sound(CONNECTIONS, SECONDS, differing));
        WarmUp.steady(() -> load.sound(CONNECTIONS, SECONDS, constant));
        for (int round = 0; round < ROUNDS; round++) {
            double plain = load.sound(CONNECTIONS, SECONDS, constant);
            same.add(load.sound(CONNECTIONS, SECONDS, page), plain);
            others.add(load.sound(CONNECTIONS, SECONDS, differing), plain);
        }
        same.print();
        others.print();
    }

    /** Filters that nobody has named before and that every record meets; called from the one thread of the load. */
    private String unasked() {
        int number = asked++;
        return "&startedFrom=" + EARLY.plusDays(number % DAYS) + "&startedUntil=" + LATE.plusDays(number / DAYS);
    }

    private static HttpRequest.Builder request(String url, String token, String type) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type);
    }

    private static String send(HttpClient http, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
