package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.kit.health.ComponentHealth;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of health and metrics while the service is busy. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class MonitoringIT {
    /** Half of the time for which a stalled request holds what it waits for. */
    private static final long MAX_ANSWER_MILLIS = 5_000;

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI root;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AgroalDataSource database;

    @Inject
    @SuppressWarnings("NullAway.Init")
    ComponentHealth components;

    private static void assertAnswersSoon() {
        given().get("/q/health/ready").then().statusCode(200).time(lessThan(MAX_ANSWER_MILLIS));
        given().get("/q/health/live").then().statusCode(200).time(lessThan(MAX_ANSWER_MILLIS));
        given().accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("jvm_"))
                .time(lessThan(MAX_ANSWER_MILLIS));
    }

    /** The thing service of the tests reads no log, so it has no lag; that is null and not 0. */
    @Test
    void the_numbers_for_operators_are_there_as_json() {
        given().get("/q/metrics/state")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("service", equalTo("things"))
                .body("outboxBacklog", greaterThanOrEqualTo(0))
                .body("stoppedKeys", equalTo(0))
                .body("lag", nullValue())
                .time(lessThan(MAX_ANSWER_MILLIS));
    }

    private Socket sendStalledBody(String province) throws IOException {
        var socket = new Socket(root.getHost(), root.getPort());
        socket.getOutputStream()
                .write(("POST /v1/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                + TestTokens.bureauToken(province)
                                + "\r\nContent-Type: application/json\r\nContent-Length: 500000\r\n\r\n{\"name\":")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void closeAll(List<? extends AutoCloseable> open) throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void stalled_bodies_on_every_worker_thread_leave_health_and_metrics_as_fast_as_before() throws Exception {
        assertAnswersSoon();
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 240; i++) {
                open.add(sendStalledBody(
                        List.of("11", "12", "13", "14", "15", "21", "22", "23").get(i % 8)));
            }
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(MonitoringIT::assertAnswersSoon);
            // A report of before is shown for 6 s, and the stalled requests end after 10 s.
            await().during(Duration.ofSeconds(6))
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        } finally {
            closeAll(open);
        }
    }

    @Test
    void requests_that_hold_every_database_connection_leave_the_service_ready() throws Exception {
        var held = new ArrayList<Connection>();
        try {
            assertThatThrownBy(() -> holdAllConnections(held)).isInstanceOf(SQLException.class);
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(MonitoringIT::assertAnswersSoon);
        } finally {
            closeAll(held);
        }
    }

    /** Ends by the time-out of the pool; the service itself holds some of its connections. */
    private void holdAllConnections(List<Connection> held) throws SQLException {
        while (true) {
            held.add(database.getConnection());
        }
    }

    @Test
    void a_component_that_stops_makes_health_answer_503_with_its_name_within_ten_seconds() {
        var heartbeat = components.register("test component", Duration.ofSeconds(1));
        try {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> given().get("/q/health/ready")
                            .then()
                            .statusCode(503)
                            .body("status", equalTo("DOWN"))
                            .body("checks.name", hasItem("components"))
                            .body(containsString("test component")));
            given().get("/q/health/live").then().statusCode(503);
            given().get("/q/health").then().statusCode(503);
        } finally {
            heartbeat.retire();
        }
        given().get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void health_names_each_check_once_and_is_kept_by_no_cache() {
        var answer = given().get("/q/health").then().statusCode(200).header("Cache-Control", "no-store");
        assertThat(answer.extract().jsonPath().getList("checks.name", String.class))
                .contains("database", "components")
                .doesNotHaveDuplicates();
    }
}
