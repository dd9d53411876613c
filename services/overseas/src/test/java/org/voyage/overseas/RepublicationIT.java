package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.voyage.overseas.OverseasBodies.awaitRecords;
import static org.voyage.overseas.OverseasBodies.bureau;
import static org.voyage.overseas.OverseasBodies.newSourceId;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.operator;
import static org.voyage.overseas.OverseasBodies.put;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;

/**
 * Integration test of the republication of all current states, for a reader that starts after the beginning of the log.
 */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class RepublicationIT {

    private final String id = newSourceId("E");

    @Test
    void the_whole_state_of_the_service_can_be_republished() {
        put("/v1/overseas-schools/45/" + id, openSchool());
        bureau("45").body("{\"state\":\"submitted\"}").put("/v1/years/45/2019");
        String batch = OverseasBodies.sendFile(
                        "45", "/v1/overseas-schools/batches", "application/x-ndjson", "{\"sourceId\":\"x\"}\n")
                .path("id");

        Response answer = operator().post("/v1/republications");

        answer.then()
                .statusCode(200)
                .header("Voyage-Receipt", not(emptyString()))
                .body("records.keySet()", hasItems("overseas-headcount", "overseas-training"))
                .body("records.overseas-school", greaterThan(0))
                .body("records.batch", greaterThan(0))
                .body("records.year-close", greaterThan(0));
        assertThat(answer.<Integer>path("events"))
                .isEqualTo(answer.<Map<String, Integer>>path("records").values().stream()
                        .mapToInt(Integer::intValue)
                        .sum());
        assertRepublished("overseas-school", "45/" + id);
        assertRepublished("year-close", "45/2019");
        assertRepublished("batch", "45/" + batch);
    }

    /** Requires the republished event to have the same version and state. */
    private static void assertRepublished(String record, String key) {
        List<ConsumerRecord<String, byte[]>> events = awaitRecords("overseas." + record, key, 2);
        OverseasBodies.assertMatchesSchema(record, events);
        JsonNode first = OverseasBodies.parseJson(events.getFirst().value());
        JsonNode again = OverseasBodies.parseJson(events.getLast().value());
        assertThat(again.get("change").asText()).isEqualTo("republished");
        assertThat(again.get("cause").get("kind").asText()).isEqualTo("republication");
        assertThat(again.get("cause").get("actor").asText()).isEqualTo("operator");
        assertThat(again.get("version")).isEqualTo(first.get("version"));
        assertThat(again.get("before")).isEqualTo(first.get("after")).isEqualTo(again.get("after"));
    }
}
