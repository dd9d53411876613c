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

/** {@code ./voyage rebuild}: lets indicators count its live figures anew, if asked with its evidence, and waits until they serve. */
final class RebuildFigures {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Set<String> ENDS = Set.of("done", "refused", "failed");

    /** Too many requests, or not available now. */
    private static final Set<Integer> LATER = Set.of(429, 503);

    private static final int MOST_LOOKS = 10;
    private static final Duration LATEST = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI indicators;
    private final String token;

    private RebuildFigures(HttpClient http, int basePort) throws InterruptedException {
        this.http = http;
        this.indicators = URI.create("http://localhost:" + basePort);
        this.token = GetToken.ask("operator", basePort + GetToken.ISSUER);
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<String> rest = new ArrayList<>(List.of(arguments));
            boolean evidence = rest.remove("--evidence");
            Map<String, Object> rebuild = new RebuildFigures(http, basePort(rest)).run(evidence);
            System.out.println(sentence(rebuild));
            System.exit("done".equals(rebuild.get("state")) ? 0 : 1);
        } catch (CannotStart e) {
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
                throw new CannotStart("There is no option \"" + name + "\": see ./voyage help.");
            }
            basePort = Arguments.port(Arguments.value(name, left));
        }
        return basePort;
    }

    private Map<String, Object> run(boolean evidence) throws InterruptedException {
        HttpResponse<String> begun = send(request("/v1/rebuilds?evidence=" + evidence)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        if (begun.statusCode() != 202) {
            throw refused("indicators does not rebuild", begun);
        }
        URI location = indicators.resolve(begun.headers().firstValue("Location").orElseThrow());
        String told = "";
        while (true) {
            Map<String, Object> rebuild = look(location.getPath());
            String state = String.valueOf(rebuild.get("state"));
            if (ENDS.contains(state)) {
                return rebuild;
            }
            if (!state.equals(told)) {
                System.err.println(state + " ...");
                told = state;
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    /** How far it is; one who is told to come later does so for a while. */
    private Map<String, Object> look(String path) throws InterruptedException {
        for (int looks = 1; ; looks++) {
            HttpResponse<String> answer = send(request(path).GET().build());
            if (answer.statusCode() == 200) {
                return json(answer.body());
            }
            if (!LATER.contains(answer.statusCode()) || looks == MOST_LOOKS) {
                throw refused("indicators does not say how far the rebuild is", answer);
            }
            Thread.sleep(later(answer));
        }
    }

    private static Duration later(HttpResponse<String> answer) {
        try {
            long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(0);
            return Duration.ofMillis(Math.clamp(seconds * 1000, LOOK_AGAIN.toMillis(), LATEST.toMillis()));
        } catch (NumberFormatException e) {
            return LATEST;
        }
    }

    private static CannotStart refused(String what, HttpResponse<String> answer) {
        Object detail = json(answer.body()).get("detail");
        return new CannotStart(what + ": " + (detail == null ? "it answers " + answer.statusCode() + "." : detail));
    }

    private static String sentence(Map<String, Object> rebuild) {
        return switch (String.valueOf(rebuild.get("state"))) {
            case "done" ->
                "Rebuilt from %s events; %s cells verified, %s mended%s; certificate /v1/proofs/%s"
                        .formatted(
                                rebuild.get("events"),
                                rebuild.get("cells"),
                                rebuild.get("mended"),
                                Boolean.TRUE.equals(rebuild.get("evidence"))
                                        ? ", and %s versions of the evidence".formatted(rebuild.get("mendedVersions"))
                                        : "",
                                rebuild.get("proof"));
            case "refused" ->
                "The new figures are not proved (%s cells differ): the old ones go on serving. %s"
                        .formatted(rebuild.get("differing"), rebuild.get("reason"));
            default ->
                Boolean.TRUE.equals(rebuild.get("evidenceReplaced"))
                        ? "The evidence is rebuilt (%s versions mended), the figures are not: the old ones go on serving. Rebuild them with ./voyage rebuild. %s"
                                .formatted(rebuild.get("mendedVersions"), rebuild.get("reason"))
                        : "Not rebuilt: the old figures go on serving. " + rebuild.get("reason");
        };
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(indicators.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CannotStart(
                    "No indicators answers at " + indicators + ": start it with ./voyage up, or name its --base-port.",
                    e);
        }
    }

    private static Map<String, Object> json(String body) {
        try {
            return JSONObjectUtils.parse(body);
        } catch (ParseException e) {
            throw new CannotStart("What answers is not Voyage's indicators.", e);
        }
    }
}
