package org.voyage.indicators.feature.verification.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.TestTokens;

/** HTTP requests for proofs. */
public final class ProofRequests {

    private ProofRequests() {}

    /** Starts a proof, waits for its end, and returns the certificate. */
    public static JsonPath runProof() {
        String location = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> given().auth().oauth2(TestTokens.operatorToken()).post("/v1/proofs"),
                        answer -> answer.statusCode() == 202)
                .header("Location");
        return await().atMost(Duration.ofSeconds(120))
                .until(
                        () -> getCertificate(location),
                        certificate -> !certificate.getString("proof.verdict").equals("running"));
    }

    static JsonPath getCertificate(String location) {
        return given().auth()
                .oauth2(TestTokens.auditorToken())
                .get(location)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static JsonPath listProofs() {
        return getCertificate("/v1/proofs?limit=5");
    }

    /** Returns the differing cells of one figure; all others must be of figures of the same record. */
    static List<Map<String, Object>> differencesOf(JsonPath certificate, String indicator) {
        assertThat(certificate.getString("proof.verdict"))
                .as(certificate.prettify())
                .isEqualTo("differs");
        return certificate.getList("items.findAll { it.indicator == '" + indicator + "' }");
    }

    /** Returns the differing values of one derived figure. */
    static List<Map<String, Object>> derivedDifferencesOf(JsonPath certificate, String indicator) {
        return certificate.getList("derived.findAll { it.indicator == '" + indicator + "' }");
    }

    /** Sends a new school, waits until the live figures hold it, and returns its key. */
    static String openSchool(String country) {
        String key = newKey();
        awaitHeld(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 1, schoolJson(country)));
        return key;
    }

    /** Waits until the live figures hold the write. */
    static void awaitHeld(Receipt receipt) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?receipt=" + receipt.text())
                .then()
                .statusCode(200);
    }

    static String schoolJson(String country) {
        return TestEventLog.schoolJson(country, "other", "2019-07-13", null);
    }

    static String newKey() {
        return "12/P-" + UUID.randomUUID();
    }

    static long numberOf(Map<String, Object> cell, String member) {
        return ((Number) cell.getOrDefault(member, -1)).longValue();
    }

    static Map<String, String> coordinatesOf(Map<String, Object> cell) {
        Map<String, String> at = new HashMap<>();
        if (cell.get("at") instanceof Map<?, ?> codes) {
            codes.forEach((name, code) -> at.put(String.valueOf(name), String.valueOf(code)));
        }
        return at;
    }

    /** Returns the place of the first differing event. */
    static String firstEventPlace(Map<String, Object> cell) {
        return cell.get("firstEvent") instanceof Map<?, ?> event
                ? event.get("topic") + " " + event.get("partition") + " " + event.get("offset")
                : "nowhere";
    }

    static void assertMetric(String line) {
        given().get("/q/metrics").then().statusCode(200).body(containsString(line));
    }
}
