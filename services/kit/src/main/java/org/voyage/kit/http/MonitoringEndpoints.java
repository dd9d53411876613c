package org.voyage.kit.http;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.voyage.kit.guard.MonitoringPaths;
import org.voyage.kit.guard.ProblemWriter;
import org.voyage.kit.guard.RequestId;
import org.voyage.kit.health.HealthReporter;
import org.voyage.kit.health.HealthReporter.HealthAnswer;
import org.voyage.kit.health.HealthReporter.HealthReport;
import org.voyage.kit.health.StatusProbe;
import org.voyage.kit.problem.Refusal;

/**
 * Endpoints of health ({@code /q/health}, {@code /q/health/ready}, {@code /live}, {@code /started}) and of metrics
 * ({@code /q/metrics}, and the numbers for operators as JSON: {@code /q/metrics/state}). They answer before every filter and limit, and threads of their own compute the answers, so
 * that monitoring works while requests hold all worker threads and database connections.
 */
@ApplicationScoped
class MonitoringEndpoints {
    private static final String HEALTH_PATH = MonitoringPaths.HEALTH;
    private static final String METRICS_PATH = MonitoringPaths.METRICS;
    private static final String OPEN_METRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String STATE_PATH = METRICS_PATH + "/state";
    private static final String JSON_TYPE = "application/json; charset=UTF-8";
    private static final int MAX_SCRAPE_SECONDS = 5;
    private static final int RETRY_AFTER_SECONDS = 1;

    private final HealthReporter health;
    private final StatusProbe<String> openMetrics;
    private final StatusProbe<String> textMetrics;
    private final StatusProbe<String> state;

    MonitoringEndpoints(HealthReporter health, PrometheusMeterRegistry registry, ServiceStateReport report) {
        this.health = health;
        this.openMetrics = new StatusProbe<>("metrics", () -> registry.scrape(OPEN_METRICS_TYPE), null);
        this.textMetrics = new StatusProbe<>("metrics-text", () -> registry.scrape(TEXT_TYPE), null);
        this.state = new StatusProbe<>("service-state", report::writeState, null);
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        openMetrics.start();
        textMetrics.start();
        state.start();
    }

    void stop(@Observes ShutdownEvent event) {
        openMetrics.close();
        textMetrics.close();
        state.close();
    }

    void register(@Observes Filters filters) {
        filters.register(this::answerMonitoring, RequestId.FILTER_PRIORITY - 1);
    }

    private void answerMonitoring(RoutingContext context) {
        var method = context.request().method();
        var path = context.request().path();
        if (path == null
                || !MonitoringPaths.isMonitoring(path)
                || method != HttpMethod.GET && method != HttpMethod.HEAD) {
            context.next();
            return;
        }
        switch (path) {
            case HEALTH_PATH -> answerHealth(context, HealthReport::all);
            case HEALTH_PATH + "/ready" -> answerHealth(context, HealthReport::ready);
            case HEALTH_PATH + "/live" -> answerHealth(context, HealthReport::live);
            case HEALTH_PATH + "/started" -> answerHealth(context, HealthReport::started);
            case METRICS_PATH -> answerMetrics(context);
            case STATE_PATH -> answerProbe(context, state, JSON_TYPE);
            default -> context.next();
        }
    }

    private void answerHealth(RoutingContext context, Function<HealthReport, HealthAnswer> part) {
        var loop = context.vertx().getOrCreateContext();
        health.requestReport()
                .thenAccept(report -> loop.runOnContext(_ -> {
                    var answer = part.apply(report);
                    send(context, answer.up() ? 200 : 503, JSON_TYPE, answer.json());
                }));
    }

    private void answerMetrics(RoutingContext context) {
        var accept = context.request().getHeader(HttpHeaders.ACCEPT);
        boolean text = accept != null && (accept.contains("text/plain") || accept.contains("text/html"));
        answerProbe(context, text ? textMetrics : openMetrics, text ? TEXT_TYPE : OPEN_METRICS_TYPE);
    }

    private static void answerProbe(RoutingContext context, StatusProbe<String> probe, String type) {
        var loop = context.vertx().getOrCreateContext();
        probe.requestStatus()
                .orTimeout(MAX_SCRAPE_SECONDS, TimeUnit.SECONDS)
                .whenComplete((status, failure) -> loop.runOnContext(_ -> {
                    if (failure == null) {
                        send(context, 200, type, status);
                    } else {
                        ProblemWriter.sendProblem(context, new Refusal.Unavailable(RETRY_AFTER_SECONDS));
                    }
                }));
    }

    private static void send(RoutingContext context, int status, String type, String body) {
        var response = context.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, type)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(body);
        }
    }
}
