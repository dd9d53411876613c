package org.voyage.kit.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.voyage.kit.problem.StrictJson;

/**
 * Reporter of the health of the service. One thread runs all health checks each second, and again for a caller who
 * asks in between. Callers never wait longer than {@value #MAX_WAIT_MILLIS} ms: if the checks last longer, they get the
 * newest report, and a report of status DOWN when that is older than {@value #MAX_AGE_SECONDS} seconds.
 */
@ApplicationScoped
public class HealthReporter {
    static final int MAX_WAIT_MILLIS = 700;
    static final int MAX_AGE_SECONDS = 6;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final SmallRyeHealthReporter checks;
    private final StatusProbe<HealthReport> probe;

    HealthReporter(SmallRyeHealthReporter checks) {
        this.checks = checks;
        this.probe = new StatusProbe<>("health-checks", this::runChecks, INTERVAL);
    }

    /** Report on the service as a whole and by kind of check. */
    public record HealthReport(HealthAnswer all, HealthAnswer ready, HealthAnswer live, HealthAnswer started) {}

    /**
     * Answer to one question.
     *
     * @param json as MicroProfile Health defines it
     */
    public record HealthAnswer(boolean up, String json) {}

    /** Returns the health of the service within {@value #MAX_WAIT_MILLIS} ms, without an exception. */
    public CompletionStage<HealthReport> requestReport() {
        return probe.requestStatus()
                .orTimeout(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(late -> probe.newestWithin(Duration.ofSeconds(MAX_AGE_SECONDS))
                        .orElseGet(HealthReporter::silentReport));
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        probe.start();
    }

    void stop(@Observes ShutdownEvent event) {
        probe.close();
    }

    private HealthReport runChecks() {
        var requestContext = Arc.container().requestContext();
        requestContext.activate();
        try {
            var ready = toJson(checks.getReadiness());
            var live = toJson(checks.getLiveness());
            var started = toJson(checks.getStartup());
            return new HealthReport(
                    toAnswer(join(List.of(live, ready, started))), toAnswer(ready), toAnswer(live), toAnswer(started));
        } finally {
            requestContext.terminate();
        }
    }

    private ObjectNode toJson(SmallRyeHealth health) {
        var json = new ByteArrayOutputStream();
        checks.reportHealth(json, health);
        try {
            return (ObjectNode) StrictJson.MAPPER.readTree(json.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Joins answers; a check of two kinds occurs once. */
    private static ObjectNode join(List<ObjectNode> answers) {
        var joined = JsonNodeFactory.instance.objectNode();
        joined.put("status", answers.stream().allMatch(HealthReporter::isUp) ? "UP" : "DOWN");
        var all = joined.putArray("checks");
        answers.stream()
                .flatMap(answer -> answer.path("checks").valueStream())
                .distinct()
                .forEach(all::add);
        return joined;
    }

    private static HealthAnswer toAnswer(ObjectNode json) {
        return new HealthAnswer(isUp(json), json.toPrettyString());
    }

    private static boolean isUp(JsonNode answer) {
        return "UP".equals(answer.path("status").asText());
    }

    private static HealthReport silentReport() {
        var json = JsonNodeFactory.instance.objectNode().put("status", "DOWN");
        json.putArray("checks")
                .addObject()
                .put("name", "health checks")
                .put("status", "DOWN")
                .putObject("data")
                .put("failure", "no check ended within " + MAX_AGE_SECONDS + " s");
        var answer = toAnswer(json);
        return new HealthReport(answer, answer, answer, answer);
    }
}
