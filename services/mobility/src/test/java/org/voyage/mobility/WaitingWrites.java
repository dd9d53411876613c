package org.voyage.mobility;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

/** Single writes of enrolments that stand in line, as the service tells it. */
final class WaitingWrites {

    private static final String METRIC = "voyage_writes_waiting{record=\"inbound-enrolment\"";

    private WaitingWrites() {}

    static void awaitInLine(int writes) {
        await().until(() -> inLine() == writes);
    }

    private static int inLine() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(METRIC))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
