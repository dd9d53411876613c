package org.voyage.indicators.feature.preview;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.RawBodyRequests;
import org.voyage.indicators.RecordStates;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.log.LogTopics;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/**
 * Test of the schema validation of previews: a preview refuses invalid records, also in fields that no figure counts.
 */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class RecordSchemaValidatorIT implements RunningServiceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    LogTopics topics;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "overseas-headcount; students; -1; /students; At least 0",
                "overseas-headcount; students; \"12\"; /students; a whole number",
                "overseas-headcount; school; 7; /school; Expected text",
                "overseas-school; nameEn; 7; /nameEn; Expected text",
                "overseas-school; name; ; ``; It lacks \"name\"",
                "overseas-school; brand; \"luban-workshp\"; /brand; Did you mean luban-workshop?",
                "overseas-school; tier; \"x\"; /tier; Known: workshop",
                "overseas-school; hostCountry; \"ZZX\"; /hostCountry; There is no country \"ZZX\"",
                "overseas-school; hostCountry; \"Thailand\"; /hostCountry; three capitals",
                "overseas-school; foreignPartners; [{\"name\":\"A\",\"country\":\"THA\"},{\"name\":\"B\",\"country\":\"QQQ\"}];"
                        + " /foreignPartners/1/country; There is no country",
                "overseas-school; closedOn; \"2024-02-01\"; /closedOn; does not go with",
                "overseas-school; openedOn; \"2023-02-29\"; /openedOn; a day that exists",
                "overseas-school; openedOn; \"2023/02/28\"; /openedOn; a day that exists",
                "overseas-school; majors; [\"460301\",\"460301\"]; /majors; twice",
                "overseas-school; fonudingColleges; []; /fonudingColleges; no such property",
                "overseas-school; foundingColleges; []; /foundingColleges; At least 1",
                "inbound-enrolment; chineseLevel; 7; /chineseLevel; At most 6",
                "inbound-enrolment; assessed; \"yes\"; /assessed; true or false",
                "cooperative-headcount; programme; \"p\"; ``; Exactly one is expected of: institution, programme"
            })
    void what_a_write_would_refuse_for_its_form_is_refused_by_its_place(
            String record, String field, @Nullable String value, String pointer, String told) throws IOException {
        ObjectNode state = exampleState(record);
        if (value == null) {
            state.remove(field);
        } else {
            state.set(field, JSON.readTree(value));
        }

        previewState(record, state)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors", hasSize(1))
                .body("errors[0].pointer", equalTo("/changes/0/after" + pointer))
                .body("errors[0].rule", equalTo("state"))
                .body("errors[0].detail", containsString(told))
                .body("errors[0].detailZh", matchesPattern(".*\\p{IsHan}.*"));
        previewLines(changeLine("standard", null) + changeLine(record, state))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/rows/2/after" + pointer))
                .body("errors[0].detail", containsString("Row 2: "))
                .body("errors[0].detailZh", containsString("第 2 行："));
    }

    /** In a row with shifted columns, any column may hold a personal value. */
    @Test
    void of_a_person_nothing_is_repeated() throws IOException {
        ObjectNode state = exampleState("inbound-enrolment");
        state.put("SOMCHAI WONG", "x").put("P1234567", true).put("funding", "SOMCHAI WONG");
        state.remove("college");

        previewState("inbound-enrolment", state)
                .statusCode(422)
                .body("errors.detail", hasItem("It lacks \"college\"."))
                .body(not(containsString("SOMCHAI")))
                .body(not(containsString("P1234567")));
    }

    @Test
    void every_mistake_of_every_change_is_reported_up_to_a_hundred() throws IOException {
        ObjectNode state = exampleState("overseas-headcount");
        state.put("students", -1).put("year", 1900);
        previewState("overseas-headcount", state).statusCode(422).body("errors", hasSize(2));
        previewLines(changeLine("overseas-headcount", state).repeat(200))
                .statusCode(422)
                .body("errors", hasSize(100));
    }

    @Test
    void what_events_say_of_any_record_is_taken() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String record : topics.records()) {
            all.append(changeLine(record, exampleState(record)));
        }

        previewLines(all.toString()).statusCode(200).body("items.indicator.code", hasItem("overseas-schools"));
    }

    /** A college system sends personal fields, which no event has, and null fields. */
    @Test
    void a_state_may_be_sent_as_it_is_sent_to_its_service() throws IOException {
        ObjectNode state = (ObjectNode)
                JSON.readTree(RecordStates.enrolmentJson("4163000001", "THA", "2022-02-01", "2022-06-30", true));
        state.put("name", "EXAMPLE NAME").put("passportNumber", "X0000000").put("birthDate", "2001-01-01");
        state.putNull("chineseLevel");

        previewState("inbound-enrolment", state)
                .statusCode(200)
                .body("items.indicator.code", hasItem("inbound-admissions"));
        state.put("college", "x");
        previewState("inbound-enrolment", state)
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/changes/0/after/college")));
    }

    private static ObjectNode exampleState(String record) throws IOException {
        if (record.equals("overseas-school")) {
            return (ObjectNode) JSON.readTree(TestEventLog.schoolJson("THA", "other", "2020-02-29", null));
        }
        try (InputStream example = Objects.requireNonNull(RecordSchemaValidatorIT.class.getResourceAsStream(
                "/contracts/events/examples/" + record + ".created.json"))) {
            return (ObjectNode) JSON.readTree(example).path("after");
        }
    }

    private static String changeLine(String record, @Nullable JsonNode after) {
        return "{\"record\":\"%s\",\"province\":\"12\",\"sourceId\":\"F-%s\",\"change\":\"created\",\"after\":%s}\n"
                .formatted(record, UUID.randomUUID(), after);
    }

    private static ValidatableResponse previewState(String record, JsonNode after) {
        return RawBodyRequests.withBody(
                        TestTokens.operatorToken(),
                        "application/json",
                        ("{\"changes\":[" + changeLine(record, after).replace(",\"change\":\"created\"", "") + "]}")
                                .getBytes(StandardCharsets.UTF_8))
                .post("/v1/previews")
                .then();
    }

    private static ValidatableResponse previewLines(String body) {
        return RawBodyRequests.withBody(
                        TestTokens.operatorToken(), "application/x-ndjson", body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/previews")
                .then();
    }
}
