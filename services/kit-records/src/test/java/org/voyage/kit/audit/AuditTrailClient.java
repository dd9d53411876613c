package org.voyage.kit.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

/** Client of the audit trail for tests: through the API, and directly in the database. */
final class AuditTrailClient {
    private static final String DATABASE = "voyage";

    private AuditTrailClient() {}

    static String newSourceId() {
        return "D-" + UUID.randomUUID();
    }

    static RequestSpecification requestAs(String token) {
        return given().auth().oauth2(token);
    }

    static ValidatableResponse putDeed(String token, String province, String sourceId, String body) {
        return requestAs(token)
                .contentType("application/json")
                .body(body)
                .put("/v1/deeds/" + province + "/" + sourceId)
                .then();
    }

    static JsonPath listEntries(String token, String query) {
        return requestAs(token)
                .get("/v1/audit?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static JsonPath listAsAuditor(String query) {
        return listEntries(TestTokens.auditorToken(), query);
    }

    static JsonPath verifyChain(String query) {
        return requestAs(TestTokens.auditorToken())
                .get("/v1/audit/verification" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Appends an entry and waits until the service has sealed it by itself. @return its position */
    static long awaitNewSeal() {
        return awaitSealed("object=" + entry());
    }

    /** Appends an entry and seals it at once. @return its position */
    static long awaitNewSeal(AuditSealer sealer) {
        String query = "object=" + entry();
        sealer.sealAll();
        return awaitSealed(query);
    }

    private static String entry() {
        String id = newSourceId();
        putDeed(TestTokens.bureauToken("12"), "12", id, "{\"name\":\"a\"}").statusCode(204);
        return id;
    }

    static long awaitSealed(String query) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(listAsAuditor(query).getString("items[0].hash"))
                        .matches("[0-9a-f]{64}"));
        return listAsAuditor(query).getLong("items[0].position");
    }

    /** Connects without triggers and grants, like an attacker with the keys to the server. */
    static Connection connectAsSuperuser() throws SQLException {
        Connection connection = DriverManager.getConnection(
                TestServers.jdbcUrl(DATABASE), "postgres", TestServers.passwordOf("postgres"));
        try (var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            return connection;
        }
    }

    static void tamper(String... sql) throws SQLException {
        try (var connection = connectAsSuperuser();
                var statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }
}
