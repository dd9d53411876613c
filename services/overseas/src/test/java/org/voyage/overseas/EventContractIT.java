package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.overseas.OverseasApi.bureau;
import static org.voyage.overseas.OverseasApi.fresh;
import static org.voyage.overseas.OverseasApi.openSchool;
import static org.voyage.overseas.OverseasApi.operator;
import static org.voyage.overseas.OverseasApi.put;
import static org.voyage.overseas.OverseasApi.records;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;

/** What the service publishes against the closed schemas that every reader relies on. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class EventContractIT {

    private final String id = fresh("E");

    @Test
    void every_kind_of_change_of_a_school_fits_the_schema_and_the_cloud_events_binding() throws Exception {
        String path = "/v1/overseas-schools/45/" + id;
        put(path, openSchool());
        put(path, openSchool().replace("大城", "曼谷"));
        bureau("45").delete(path + "?reason=%E9%87%8D%E5%A4%8D");
        put(path, OverseasApi.school("closed", ",\"openedOn\":\"2016-02-29\",\"closedOn\":\"2020-02-29\""));
        operator().post("/v1/republications/overseas-school").then().statusCode(200);

        List<ConsumerRecord<String, byte[]>> events = records("overseas.overseas-school", "45/" + id, 5);
        assertFit("overseas-school", events);
        assertThat(events)
                .extracting(
                        event -> OverseasApi.json(event.value()).get("change").asText())
                .containsExactly("created", "corrected", "withdrawn", "restored", "republished");
        ConsumerRecord<String, byte[]> first = events.getFirst();
        assertThat(header(first, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(first, "ce_type")).isEqualTo("org.voyage.overseas-school.changed.v1");
        assertThat(header(first, "ce_source")).isEqualTo("/voyage/overseas");
        assertThat(header(first, "ce_subject")).isEqualTo("45/" + id);
        assertThat(header(first, "ce_dataschema")).isEqualTo("urn:voyage:events:overseas-school-changed:v1");
        assertThat(header(first, "content-type")).isEqualTo("application/json");
        assertThat(events)
                .extracting(event -> Long.valueOf(header(event, "ce_position")))
                .isSorted();
    }

    @Test
    void headcounts_and_trainings_fit_theirs() throws Exception {
        put("/v1/overseas-schools/45/" + id, openSchool());
        put(
                "/v1/overseas-headcounts/45/" + id,
                "{\"school\":\"%s\",\"year\":2024,\"major\":\"460301\",\"students\":0}".formatted(id));
        put(
                "/v1/overseas-trainings/45/" + id,
                "{\"school\":\"%s\",\"enterprise\":\"中车\",\"people\":3,\"days\":2,\"startedOn\":\"2024-02-29\"}"
                        .formatted(id));
        assertFit("overseas-headcount", records("overseas.overseas-headcount", "45/" + id, 1));
        assertFit("overseas-training", records("overseas.overseas-training", "45/" + id, 1));
    }

    private static void assertFit(String record, List<ConsumerRecord<String, byte[]>> events) throws Exception {
        String file = "/contracts/events/" + record + "-changed.v1.schema.json";
        try (InputStream in = Objects.requireNonNull(EventContractIT.class.getResourceAsStream(file))) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in, InputFormat.JSON);
            for (ConsumerRecord<String, byte[]> event : events) {
                assertThat(schema.validate(new String(event.value(), StandardCharsets.UTF_8), InputFormat.JSON))
                        .isEmpty();
            }
        }
    }

    private static String header(ConsumerRecord<String, byte[]> event, String name) {
        Header header = Objects.requireNonNull(event.headers().lastHeader(name), name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
