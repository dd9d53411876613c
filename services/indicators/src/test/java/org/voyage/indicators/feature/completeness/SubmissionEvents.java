package org.voyage.indicators.feature.completeness;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.voyage.indicators.RawBodyRequests;
import org.voyage.indicators.TestEventLog;
import org.voyage.kittest.TestTokens;

/** Events of services and operators on files, years and plans, and queries on them. */
final class SubmissionEvents {

    /** Id of the batch in the examples. */
    static final String BATCH_ID = "0199a1c2-6f00-7abc-8def-000000000201";

    private SubmissionEvents() {}

    static ValidatableResponse getValues(String token, String path) {
        return given().auth().oauth2(token).get(path).then().statusCode(200);
    }

    static ValidatableResponse getCompleteness(String token, String query) {
        return given().auth().oauth2(token).get("/v1/completeness" + query).then();
    }

    interface SubmissionAssertion {
        void isMet(JsonPath sent);
    }

    /** Waits until the check succeeds, and returns the state of a province's overseas records. */
    static JsonPath awaitSender(String province, SubmissionAssertion check) {
        JsonPath[] sent = new JsonPath[1];
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            sent[0] = getCompleteness(TestTokens.operatorToken(), "?service=overseas&province=" + province)
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            check.isMet(sent[0]);
        });
        return sent[0];
    }

    static ValidatableResponse loadPlan(String year, String lines) {
        return RawBodyRequests.withBody(
                        TestTokens.operatorToken(),
                        "text/csv",
                        ("province,service,records\n" + lines).getBytes(StandardCharsets.UTF_8))
                .put("/v1/plans/" + year)
                .then();
    }

    static void sendEvent(String topic, String key, String event, String province) {
        TestEventLog.sendRaw(
                topic,
                key,
                event.replace("\"province\": \"32\"", "\"province\": \"" + province + "\"")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends the number of waiting or refused rows of one record.
     *
     * @param key of the event; it may belong to another record, and replaces the earlier event under this key
     * @param recordedAt second of a minute
     * @param years such as {@code {"year":2025,"waiting":1,"refused":0}}, none for a record that no longer exists
     */
    static void sendOutstanding(String key, String record, int version, int recordedAt, String... years) {
        String after = years.length == 0 ? "null" : "{\"years\":[" + String.join(",", years) + "]}";
        TestEventLog.sendRaw(
                "overseas.outstanding", key, """
                {"province":"%s","sourceId":"%s","version":%d,"change":"corrected",\
                "cause":{"kind":"tally","id":"t","actor":"overseas","reason":null},"recordedAt":"2026-03-31T10:00:%02dZ",\
                "before":null,"after":%s}""".formatted(key.substring(0, 2), record, version, recordedAt, after)
                        .getBytes(StandardCharsets.UTF_8));
    }

    static String outstandingYear(int year, int waiting, int refused) {
        return "{\"year\":%d,\"waiting\":%d,\"refused\":%d}".formatted(year, waiting, refused);
    }

    static String readExample(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                SubmissionEvents.class.getResourceAsStream("/contracts/events/examples/" + name + ".json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
