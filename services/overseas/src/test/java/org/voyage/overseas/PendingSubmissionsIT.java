package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.overseas.OverseasBodies.awaitRecords;
import static org.voyage.overseas.OverseasBodies.bureau;
import static org.voyage.overseas.OverseasBodies.newSourceId;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.operator;
import static org.voyage.overseas.OverseasBodies.parseJson;
import static org.voyage.overseas.OverseasBodies.put;
import static org.voyage.overseas.OverseasBodies.sendFile;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;

/** Integration test of the events about parked and refused submissions. Each test uses a province of its own. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class PendingSubmissionsIT {

    private static final String TOPIC = "overseas.outstanding";
    private static final int REFUSED_ROWS = 40;

    private final String id = newSourceId("O");

    private static String headcount(String school, String year) {
        return "{\"school\":\"%s\",\"year\":%s,\"major\":\"460301\",\"students\":1}".formatted(school, year);
    }

    private static String headcounts(String province) {
        return "/v1/overseas-headcounts/" + province + "/";
    }

    private static List<ConsumerRecord<String, byte[]>> readEvents(String key) {
        return awaitRecords(TOPIC, key, 1);
    }

    private static void awaitEvent(String key, String years) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                parseJson(readEvents(key).getLast().value()).at("/after/years"))
                        .isEqualTo(parseJson(years.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void waiting_rows_are_counted_with_and_without_a_file_until_they_are_withdrawn_or_applied() {
        String key = "13/overseas-headcount";
        put(headcounts("13") + id, headcount(id, "2023")).then().statusCode(202);
        awaitEvent(key, "[{\"year\":2023,\"waiting\":1,\"refused\":0}]");
        String rows =
                "sourceId,school,year,major,students\r\n%1$s-1,%1$s,2023,460301,1\r\n%1$s-2,%1$s,2024,460302,2\r\n"
                        .formatted(id);
        for (String query : List.of("?dryRun=true", "")) {
            sendFile("13", "/v1/overseas-headcounts/batches" + query, "text/csv", rows)
                    .then()
                    .statusCode(200);
        }
        awaitEvent(key, "[{\"year\":2023,\"waiting\":2,\"refused\":0},{\"year\":2024,\"waiting\":1,\"refused\":0}]");
        bureau("13").delete(headcounts("13") + id + "-1?reason=gone").then().statusCode(204);
        awaitEvent(key, "[{\"year\":2023,\"waiting\":1,\"refused\":0},{\"year\":2024,\"waiting\":1,\"refused\":0}]");

        put("/v1/overseas-schools/13/" + id, openSchool()).then().statusCode(201);

        awaitEvent(key, "[]");
        List<ConsumerRecord<String, byte[]>> events = readEvents(key);
        OverseasBodies.assertMatchesSchema("outstanding", events);
        assertThat(events)
                .extracting(event -> parseJson(event.value()).path("version").asInt())
                .as("no version is left out")
                .isEqualTo(new ArrayList<>(
                        events.stream().map(events::indexOf).map(i -> i + 1).toList()));
    }

    @Test
    void refused_single_writes_are_counted_by_the_year_that_they_name() {
        String path = headcounts("14") + id;
        put(path, headcount(id, "2022").replace("460301", "0")).then().statusCode(422);
        put(path, headcount(id, "\"2022年\"")).then().statusCode(422);
        put(path, headcount(id, "\"soon\"")).then().statusCode(422);
        put(path, "{\"school\":").then().statusCode(400);
        put("/v1/overseas-schools/14/" + id, openSchool()).then().statusCode(201);
        bureau("14")
                .body("{\"sourceId\":\"%s-2\",\"reason\":\"typo\"}".formatted(id))
                .post("/v1/overseas-schools/14/" + id + "/rename")
                .then()
                .statusCode(200);
        put(path, headcount(id, "2021")).then().statusCode(422).body("errors[0].rule", equalTo("parent-moved"));
        bureau("14")
                .header("If-Match", "\"7\"")
                .body(headcount(id, "2022"))
                .put(path)
                .then()
                .statusCode(412);
        bureau("14").delete(path).then().statusCode(400);
        bureau("15").body("{").put(path).then().statusCode(400);
        bureau("15").body(headcount(id, "2022")).put(path).then().statusCode(404);

        awaitEvent(
                "14/overseas-headcount",
                "[{\"waiting\":0,\"refused\":2},{\"year\":2021,\"waiting\":0,\"refused\":1},{\"year\":2022,\"waiting\":0,\"refused\":2}]");
        assertThat(readEvents("14/overseas-headcount"))
                .extracting(event -> new String(event.value(), StandardCharsets.UTF_8))
                .as("nothing of what was sent")
                .noneMatch(event -> event.contains(id));
    }

    /** One shared counter row would block all writers, and some submissions would be reported twice or never. */
    @Test
    void each_of_many_at_once_is_counted_once() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < REFUSED_ROWS; i++) {
            String path = headcounts("21") + id + "-" + i;
            all.add(CompletableFuture.runAsync(
                    () -> put(path, headcount(id, "2021").replace("460301", "0"))
                            .then()
                            .statusCode(422)));
        }
        all.forEach(CompletableFuture::join);

        awaitEvent("21/overseas-headcount", "[{\"year\":2021,\"waiting\":0,\"refused\":%d}]".formatted(REFUSED_ROWS));
    }

    @Test
    void the_count_is_published_again_for_a_new_reader() {
        String key = "34/overseas-headcount";
        put(headcounts("34") + id, headcount(id, "2020")).then().statusCode(202);
        awaitEvent(key, "[{\"year\":2020,\"waiting\":1,\"refused\":0}]");

        operator().post("/v1/republications/outstanding").then().statusCode(200);

        JsonNode again = parseJson(awaitRecords(TOPIC, key, 2).getLast().value());
        assertThat(again.path("change").asText()).isEqualTo("republished");
        assertThat(again.path("version").asInt()).isEqualTo(1);
        assertThat(again.at("/after/years/0/waiting").asInt()).isEqualTo(1);
    }

    /** The counter's own work leaves no entry in the trail. */
    @Test
    void the_trail_names_the_sender_of_a_row_and_has_no_entry_of_the_count() {
        String key = "22/overseas-headcount";
        put(headcounts("22") + id, headcount(id, "2020")).then().statusCode(202);
        awaitEvent(key, "[{\"year\":2020,\"waiting\":1,\"refused\":0}]");

        assertThat(OverseasBodies.as("auditor")
                        .get("/v1/audit?province=22")
                        .jsonPath()
                        .getList("items.record", String.class))
                .contains("overseas-headcount")
                .doesNotContain("outstanding");
    }
}
