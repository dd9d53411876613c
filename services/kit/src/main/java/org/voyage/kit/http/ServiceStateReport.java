package org.voyage.kit.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.voyage.kit.reference.InstantFormat;

/**
 * Report of a service's state: the numbers by which operators notice trouble, out of the metrics. A number that the
 * service does not have, or does not know yet, is null.
 */
@ApplicationScoped
class ServiceStateReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The metrics that each number is the sum of. */
    private static final Map<String, List<String>> METRICS_BY_NUMBER = new LinkedHashMap<>();

    static {
        METRICS_BY_NUMBER.put("outboxBacklog", List.of("voyage.outbox.backlog"));
        METRICS_BY_NUMBER.put("outboxAgeSeconds", List.of("voyage.outbox.age.seconds"));
        METRICS_BY_NUMBER.put("stoppedKeys", List.of("voyage.outbox.stopped.keys"));
        METRICS_BY_NUMBER.put("waitingWrites", List.of("voyage.writes.waiting"));
        METRICS_BY_NUMBER.put(
                "lag",
                List.of("voyage.indicators.live.lag", "voyage.indicators.evidence.lag", "voyage.feeds.assigner.lag"));
        METRICS_BY_NUMBER.put(
                "deadLetters", List.of("voyage.indicators.stale.records", "voyage.feeds.assigner.dead.letters"));
        METRICS_BY_NUMBER.put("auditAgeSeconds", List.of("voyage.audit.age.seconds"));
    }

    private final MeterRegistry registry;
    private final String service;
    private final String version;

    ServiceStateReport(
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.registry = registry;
        this.service = service;
        this.version = version;
    }

    /** Returns the state as JSON. */
    String writeState() {
        ObjectNode state = JSON.createObjectNode();
        state.put("service", service);
        state.put("version", version);
        state.put("time", InstantFormat.formatInstant(Instant.now()));
        METRICS_BY_NUMBER.forEach((number, metrics) -> putSum(state, number, metrics));
        return state.toString();
    }

    private void putSum(ObjectNode state, String number, List<String> metrics) {
        double[] known = metrics.stream()
                .flatMap(metric -> registry.find(metric).meters().stream())
                .flatMap(ServiceStateReport::valuesOf)
                .mapToDouble(Measurement::getValue)
                .filter(Double::isFinite)
                .toArray();
        if (known.length == 0) {
            state.putNull(number);
            return;
        }
        double sum = 0;
        for (double value : known) {
            sum += value;
        }
        if (sum == Math.rint(sum)) {
            state.put(number, (long) sum);
        } else {
            state.put(number, sum);
        }
    }

    private static Stream<Measurement> valuesOf(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false);
    }
}
