package org.voyage.mobility;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Metric of the service: the number of queued single writes of enrolments. */
final class QueuedWriteMetric {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String METRIC = "voyage_writes_waiting{record=\"inbound-enrolment\"";

    private QueuedWriteMetric() {}

    static void awaitQueued(int writes) {
        await().atMost(SOON).until(() -> countQueued() == writes);
    }

    private static int countQueued() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(METRIC))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
