package org.voyage.indicators.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.voyage.kittest.Tokens;

/** Proves through the front door. */
public final class Proving {

    private Proving() {}

    /** Begins a proof, waits for its end, and gives the certificate. */
    public static JsonPath prove() {
        String location = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> given().auth().oauth2(Tokens.operator()).post("/v1/proofs"),
                        answer -> answer.statusCode() == 202)
                .header("Location");
        return await().atMost(Duration.ofSeconds(120))
                .until(
                        () -> certificate(location),
                        certificate -> !certificate.getString("proof.verdict").equals("running"));
    }

    static JsonPath certificate(String location) {
        return given().auth()
                .oauth2(Tokens.auditor())
                .get(location)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static JsonPath list() {
        return certificate("/v1/proofs?limit=5");
    }

    /** The differing cells of one figure; all others must be of figures of the same record. */
    static List<Map<String, Object>> differences(JsonPath certificate, String indicator) {
        assertThat(certificate.getString("proof.verdict"))
                .as(certificate.prettify())
                .isEqualTo("differs");
        return certificate.getList("items.findAll { it.indicator == '" + indicator + "' }");
    }

    /** The differing values of one derived figure. */
    static List<Map<String, Object>> derived(JsonPath certificate, String indicator) {
        return certificate.getList("derived.findAll { it.indicator == '" + indicator + "' }");
    }
}
