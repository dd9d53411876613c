package org.voyage.local;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Command {@code ./voyage rebuild}: it makes indicators rebuild the live figures, and on request the evidence, and
 * waits for the result.
 */
final class RebuildCommand {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Set<String> END_STATES = Set.of("done", "refused", "failed");

    /** Statuses that a later attempt can overcome: too many requests, or temporarily unavailable. */
    private static final Set<Integer> RETRYABLE_STATUSES = Set.of(429, 503);

    private static final int MAX_RETRIES = 10;
    private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI indicators;
    private final String token;

    private RebuildCommand(HttpClient http, int basePort) throws InterruptedException {
        this.http = http;
        this.indicators = URI.create("http://localhost:" + basePort);
        this.token = TokenCommand.requestToken("operator", basePort + TokenCommand.ISSUER_PORT_OFFSET);
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<String> rest = new ArrayList<>(List.of(arguments));
            boolean evidence = rest.remove("--evidence");
            Map<String, Object> rebuild = new RebuildCommand(http, basePort(rest)).runRebuild(evidence);
            System.out.println(describeResult(rebuild));
            System.exit("done".equals(rebuild.get("state")) ? 0 : 1);
        } catch (StartFailedException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static int basePort(List<String> arguments) {
        Deque<String> left = new ArrayDeque<>(arguments);
        int basePort = PlatformOptions.DEFAULT_BASE_PORT;
        while (!left.isEmpty()) {
            String name = left.pop();
            if (!name.equals("--base-port")) {
                throw new StartFailedException("There is no option \"" + name + "\": see ./voyage help.");
            }
            basePort = LauncherArguments.parsePort(LauncherArguments.takeValue(name, left));
        }
        return basePort;
    }

    private Map<String, Object> runRebuild(boolean evidence) throws InterruptedException {
        HttpResponse<String> begun = sendRequest(requestTo("/v1/rebuilds?evidence=" + evidence)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        if (begun.statusCode() != 202) {
            throw toFailure("indicators does not rebuild", begun);
        }
        URI location = indicators.resolve(begun.headers().firstValue("Location").orElseThrow());
        String told = "";
        while (true) {
            Map<String, Object> rebuild = getProgress(location.getPath());
            String state = String.valueOf(rebuild.get("state"));
            if (END_STATES.contains(state)) {
                return rebuild;
            }
            if (!state.equals(told)) {
                System.err.println(state + " ...");
                told = state;
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    /** Returns the progress; repeats a limited number of times after a retryable answer. */
    private Map<String, Object> getProgress(String path) throws InterruptedException {
        for (int looks = 1; ; looks++) {
            HttpResponse<String> answer = sendRequest(requestTo(path).GET().build());
            if (answer.statusCode() == 200) {
                return parseJson(answer.body());
            }
            if (!RETRYABLE_STATUSES.contains(answer.statusCode()) || looks == MAX_RETRIES) {
                throw toFailure("indicators does not say how far the rebuild is", answer);
            }
            Thread.sleep(retryDelay(answer));
        }
    }

    private static Duration retryDelay(HttpResponse<String> answer) {
        try {
            long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(0);
            return Duration.ofMillis(Math.clamp(seconds * 1000, POLL_INTERVAL.toMillis(), MAX_RETRY_DELAY.toMillis()));
        } catch (NumberFormatException e) {
            return MAX_RETRY_DELAY;
        }
    }

    private static StartFailedException toFailure(String what, HttpResponse<String> answer) {
        Object detail = parseJson(answer.body()).get("detail");
        return new StartFailedException(
                what + ": " + (detail == null ? "it answers " + answer.statusCode() + "." : detail));
    }

    private static String describeResult(Map<String, Object> rebuild) {
        return switch (String.valueOf(rebuild.get("state"))) {
            case "done" ->
                "Rebuilt from %s events; %s cells verified, %s repaired%s; certificate /v1/proofs/%s"
                        .formatted(
                                rebuild.get("events"),
                                rebuild.get("cells"),
                                rebuild.get("repaired"),
                                Boolean.TRUE.equals(rebuild.get("evidence"))
                                        ? ", and %s versions of the evidence".formatted(rebuild.get("repairedVersions"))
                                        : "",
                                rebuild.get("proof"));
            case "refused" ->
                "The new figures are not proved (%s cells differ): the old ones go on serving. %s"
                        .formatted(rebuild.get("differing"), rebuild.get("reason"));
            default ->
                Boolean.TRUE.equals(rebuild.get("evidenceReplaced"))
                        ? "The evidence is rebuilt (%s versions repaired), the figures are not: the old ones go on serving. Rebuild them with ./voyage rebuild. %s"
                                .formatted(rebuild.get("repairedVersions"), rebuild.get("reason"))
                        : "Not rebuilt: the old figures go on serving. " + rebuild.get("reason");
        };
    }

    private HttpRequest.Builder requestTo(String path) {
        return HttpRequest.newBuilder(indicators.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> sendRequest(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new StartFailedException(
                    "No indicators answers at " + indicators + ": start it with ./voyage up, or name its --base-port.",
                    e);
        }
    }

    private static Map<String, Object> parseJson(String body) {
        try {
            return JSONObjectUtils.parse(body);
        } catch (ParseException e) {
            throw new StartFailedException("What answers is not Voyage's indicators.", e);
        }
    }
}
