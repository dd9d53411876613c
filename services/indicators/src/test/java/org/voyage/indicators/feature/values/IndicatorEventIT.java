package org.voyage.indicators.feature.values;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.reference.ContractFile;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.KafkaTopicReader;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;
import org.voyage.kittest.TrapTest;

/** Events of the values that readers outside see, next to what the API answers to an alliance. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class IndicatorEventIT implements RunningServiceTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCHOOLS = "overseas-schools";
    private static final String PERSONS = "outbound-participants";
    private static final String PLACEMENT_TOPIC = "mobility.outbound-placement";
    private static final int OWN_YEAR = 1919;

    @Inject
    IndicatorEventPublisher publisher;

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of(PLACEMENT_TOPIC));
    }

    @Test
    void a_changed_record_changes_the_open_value_and_nothing_else_makes_an_event() throws Exception {
        sendSchool("1987-03-01");
        publisher.publishChanges();
        JsonNode first = awaitLast(SCHOOLS + ".1990", queryVersion(SCHOOLS + ".1990") - 1);
        publisher.publishChanges();
        sendSchool("1988-03-01");
        publisher.publishChanges();

        JsonNode second = awaitLast(SCHOOLS + ".1990", first.path("version").asInt());
        assertThat(second.path("version").asInt())
                .isEqualTo(first.path("version").asInt() + 1);
        assertThat(second.path("change").asText()).isEqualTo("corrected");
        assertThat(second.path("before")).isEqualTo(first.path("after"));
        assertThat(second.at("/after/value").asInt())
                .isEqualTo(first.at("/after/value").asInt() + 1);
    }

    @TrapTest(FeedTrap.FIGURES_AS_DIFFERENCING_ORACLE)
    @Test
    void no_unreleased_or_suppressed_number_of_persons_is_in_an_event() throws Exception {
        Receipt receipt =
                TestEventLog.sendChange(PLACEMENT_TOPIC, "12/R-" + UUID.randomUUID(), 1, """
                {"college":"4112000001","hostCountry":"LAO","hostOrganisation":"示例","purpose":"internship",\
                "participants":7,"days":30,"startedOn":"%d-06-01"}""".formatted(OWN_YEAR));
        awaitCounted(PERSONS, receipt);
        publisher.publishChanges();
        assertThat(lastEvents()).doesNotContainKey(PERSONS + "." + OWN_YEAR);

        given().auth()
                .oauth2(TestTokens.operatorToken())
                .post("/v1/releases?allowUnlocked=true")
                .then()
                .statusCode(200);
        publisher.publishChanges();

        JsonNode released = awaitLast(PERSONS + "." + OWN_YEAR, 0).path("after");
        assertThat(released.path("status").asText()).isEqualTo("suppressed");
        assertThat(released.has("value")).isFalse();
        assertThat(released.path("release").asLong()).isPositive();
        requireAsTheApiAnswers();
    }

    @Test
    void an_instance_that_has_read_less_of_the_log_sends_nothing() throws Exception {
        sendSchool("1977-03-01");
        publisher.publishChanges();
        int version = queryVersion(SCHOOLS + ".1980");
        runSql(
                "update outside_value_position set position = '{\"overseas.overseas-school/0\": 9000000000}'"
                        + " where figure = ?",
                SCHOOLS);
        sendSchool("1978-03-01");

        publisher.publishChanges();
        assertThat(queryVersion(SCHOOLS + ".1980")).isEqualTo(version);

        runSql("update outside_value_position set position = '{}' where figure = ?", SCHOOLS);
        publisher.publishChanges();
        assertThat(awaitLast(SCHOOLS + ".1980", version).path("version").asInt())
                .isEqualTo(version + 1);
    }

    /** Compares each value that was sent last with the answer to an alliance. */
    private static void requireAsTheApiAnswers() throws Exception {
        Schema schema = readSchema();
        Map<String, List<JsonNode>> byFigure = new TreeMap<>();
        for (JsonNode event : lastEvents().values()) {
            assertThat(schema.validate(event.toString(), InputFormat.JSON))
                    .as("%s", event)
                    .isEmpty();
            if (!event.path("after").isNull()) {
                byFigure.computeIfAbsent(event.at("/after/figure").asText(), _ -> new ArrayList<>())
                        .add(event.path("after"));
            }
        }
        assertThat(byFigure).containsKeys(SCHOOLS, PERSONS);
        for (Map.Entry<String, List<JsonNode>> figure : byFigure.entrySet()) {
            JsonNode answer = JSON.readTree(given().auth()
                    .oauth2(TestTokens.allianceToken("WFCP"))
                    .get("/v1/indicators/" + figure.getKey() + "/values?by=year")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString());
            Map<String, JsonNode> items = new TreeMap<>();
            answer.path("items").forEach(item -> items.put(item.path("year").asText(), item));
            for (JsonNode sent : figure.getValue()) {
                String year = sent.path("year").asText();
                assertThat(items).as("%s", sent).containsKey(year);
                JsonNode shown = Objects.requireNonNull(items.get(year));
                if (sent.has("value")) {
                    assertThat(shown.path("value").decimalValue())
                            .as("%s", sent)
                            .isEqualByComparingTo(sent.path("value").asText());
                } else {
                    assertThat(shown.path("value").isNull()).as("%s", sent).isTrue();
                }
            }
        }
    }

    private static void sendSchool(String openedOn) {
        awaitCounted(
                SCHOOLS,
                TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC,
                        "12/S-" + UUID.randomUUID(),
                        1,
                        TestEventLog.schoolJson("THA", "other", openedOn, null)));
    }

    private static void awaitCounted(String figure, Receipt receipt) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + figure + "/values?receipt=" + receipt.text())
                .then()
                .statusCode(200);
    }

    /** Waits for an event of a value with a larger version. */
    private static JsonNode awaitLast(String sourceId, int version) {
        return await().atMost(SOON)
                .until(
                        () -> lastEvents().get(sourceId),
                        event -> event != null && event.path("version").asInt() > version);
    }

    private static Map<String, JsonNode> lastEvents() {
        Map<String, JsonNode> last = new TreeMap<>();
        KafkaTopicReader.readAll(IndicatorEventPublisher.TOPIC).forEach(message -> {
            JsonNode event = parse(new String(message.value(), StandardCharsets.UTF_8));
            assertThat(message.key()).isEqualTo("00/" + event.path("sourceId").asText());
            last.merge(
                    event.path("sourceId").asText(),
                    event,
                    (one, other) ->
                            other.path("version").asInt() >= one.path("version").asInt() ? other : one);
        });
        return last;
    }

    private static Schema readSchema() {
        try (InputStream in = ContractFile.open("events/indicator-changed.v1.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int queryVersion(String sourceId) throws SQLException {
        try (Connection database = TestServers.connect("indicators", "indicators", "all");
                PreparedStatement select =
                        database.prepareStatement("select version from outside_value where source_id = ?")) {
            select.setString(1, sourceId);
            try (var row = select.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    private static void runSql(String sql, String parameter) throws SQLException {
        try (Connection database = TestServers.connect("indicators", "indicators", "all");
                PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.executeUpdate();
        }
    }
}
