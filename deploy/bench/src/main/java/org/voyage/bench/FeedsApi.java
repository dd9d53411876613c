package org.voyage.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.local.Platform;

/** Client of the feeds as the operator and as one alliance. */
class FeedsApi implements AutoCloseable {

    private static final String ALLIANCE = "BENCH";
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern HEAD = Pattern.compile("\"head\":\"\\d+-0*(\\d+)\"");
    private static final long POLL_MS = 100;
    private static final int CONFLICT = 409;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String operatorToken;
    private final String allianceToken;

    FeedsApi(Platform platform) throws IOException, InterruptedException {
        this.url = platform.urlOf("feeds");
        this.operatorToken = BenchTokens.requestToken(platform, "operator");
        this.allianceToken = BenchTokens.requestToken(platform, "alliance-" + ALLIANCE);
    }

    String url() {
        return url;
    }

    String allianceToken() {
        return allianceToken;
    }

    /** Admits the alliance and opens all schools to it. */
    void admitAlliance() throws IOException, InterruptedException {
        send("PUT", "/v1/alliances/" + ALLIANCE, operatorToken, "{\"name\":\"测试\",\"nameEn\":\"Bench\"}");
        send(
                "PUT",
                "/v1/alliances/" + ALLIANCE + "/grants/all",
                operatorToken,
                "{\"records\":[\"overseas-school\"],\"legalBasis\":\"bench\",\"from\":\"2020-01-01\"}");
    }

    /** Subscribes to the schools of a country. @return the id of the feed */
    String createFeed(String country, String start) throws IOException, InterruptedException {
        return findId(send(
                "POST",
                "/v1/feeds",
                allianceToken,
                "{\"name\":\"%s\",\"filter\":{\"countries\":[\"%s\"]},\"start\":\"%s\"}"
                        .formatted(country, country, start)));
    }

    /** Widens a feed to the schools of both countries. */
    void widenFeed(String feed, String country, String added) throws IOException, InterruptedException {
        send(
                "PATCH",
                "/v1/feeds/" + feed,
                allianceToken,
                "{\"filter\":{\"countries\":[\"%s\",\"%s\"]}}".formatted(country, added));
    }

    void deleteFeed(String feed) throws IOException, InterruptedException {
        send("DELETE", "/v1/feeds/" + feed, allianceToken, "");
    }

    /** Waits until the feed has at least so many events. */
    void awaitEvents(String feed, long events) throws IOException, InterruptedException {
        while (countEvents(feed) < events) {
            Thread.sleep(POLL_MS);
        }
    }

    /** Returns the number of events of a feed. */
    long countEvents(String feed) throws IOException, InterruptedException {
        Matcher head = HEAD.matcher(send("GET", "/v1/feeds/" + feed + "/status", allianceToken, ""));
        return head.find() ? Long.parseLong(head.group(1)) : 0;
    }

    /** Reads one event of a feed. */
    void readFirstEvent(String feed) throws IOException, InterruptedException {
        send("GET", "/v1/feeds/" + feed + "/events?limit=1", allianceToken, "");
    }

    /** Creates endpoints that are not proved yet. @return their paths */
    List<String> createEndpoints(String feed, List<String> urls) throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>();
        for (String target : urls) {
            String body = "{\"url\":\"%s\",\"signing\":[\"hmac\"],\"batch\":false}".formatted(target);
            String path = "/v1/feeds/" + feed + "/endpoints";
            paths.add(path + "/" + findId(send("POST", path, allianceToken, body)));
        }
        return paths;
    }

    /** Lets endpoints prove themselves: from then on they get events. */
    void enableEndpoints(List<String> paths) throws IOException, InterruptedException {
        for (String path : paths) {
            send("POST", path + "/challenge", allianceToken, "");
        }
    }

    void deleteEndpoints(List<String> paths) throws IOException, InterruptedException {
        for (String path : paths) {
            HttpResponse<String> answer;
            do {
                answer = request("DELETE", path, allianceToken, "");
                // A delivery may change the endpoint at the same moment.
            } while (answer.statusCode() == CONFLICT);
            requireSuccess("DELETE " + path, answer);
        }
    }

    private static String findId(String body) {
        Matcher id = ID.matcher(body);
        if (!id.find()) {
            throw new IllegalStateException("no id: " + body);
        }
        return id.group(1);
    }

    private String send(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = request(method, path, token, body);
        requireSuccess(method + " " + path, answer);
        return answer.body();
    }

    private static void requireSuccess(String operation, HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(operation + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private HttpResponse<String> request(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.close();
    }
}
