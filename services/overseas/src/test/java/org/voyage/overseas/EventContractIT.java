package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.overseas.OverseasApi.bureau;
import static org.voyage.overseas.OverseasApi.fresh;
import static org.voyage.overseas.OverseasApi.openSchool;
import static org.voyage.overseas.OverseasApi.operator;
import static org.voyage.overseas.OverseasApi.put;
import static org.voyage.overseas.OverseasApi.records;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;

/** What the service publishes against the closed schemas that every reader relies on. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class EventContractIT {

    private final String id = fresh("E");

    @Test
    void every_kind_of_change_of_a_school_fits_the_schema_and_the_cloud_events_binding() {
        String path = "/v1/overseas-schools/45/" + id;
        put(path, openSchool());
        put(path, openSchool().replace("大城", "曼谷"));
        bureau("45").delete(path + "?reason=%E9%87%8D%E5%A4%8D");
        put(path, OverseasApi.school("closed", ",\"openedOn\":\"2016-02-29\",\"closedOn\":\"2020-02-29\""));
        operator().post("/v1/republications/overseas-school").then().statusCode(200);

        List<ConsumerRecord<String, byte[]>> events = records("overseas.overseas-school", "45/" + id, 5);
        OverseasApi.assertFit("overseas-school", events);
        assertThat(events)
                .extracting(
                        event -> OverseasApi.json(event.value()).get("change").asText())
                .containsExactly("created", "corrected", "withdrawn", "restored", "republished");
    }

    @Test
    void headcounts_and_trainings_fit_theirs() {
        put("/v1/overseas-schools/45/" + id, openSchool());
        put(
                "/v1/overseas-headcounts/45/" + id,
                "{\"school\":\"%s\",\"year\":2024,\"major\":\"460301\",\"students\":0}".formatted(id));
        put(
                "/v1/overseas-trainings/45/" + id,
                "{\"school\":\"%s\",\"enterprise\":\"中车\",\"people\":3,\"days\":2,\"startedOn\":\"2024-02-29\"}"
                        .formatted(id));
        OverseasApi.assertFit("overseas-headcount", records("overseas.overseas-headcount", "45/" + id, 1));
        OverseasApi.assertFit("overseas-training", records("overseas.overseas-training", "45/" + id, 1));
    }
}
