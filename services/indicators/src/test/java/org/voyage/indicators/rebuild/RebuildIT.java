package org.voyage.indicators.rebuild;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.EventLog;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.Serving;
import org.voyage.indicators.evidence.Knowledge;
import org.voyage.indicators.intake.LogReaders;
import org.voyage.indicators.intake.OnlyFromTheBeginning;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Tampering;
import org.voyage.indicators.proof.EvidenceRow;
import org.voyage.indicators.proof.Proving;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class RebuildIT implements Serving {

    private static final String SLICE = "/v1/indicators/overseas-schools/values?hostCountry=MHL";

    @Inject
    LiveFigures live;

    @Inject
    DataSource database;

    @Inject
    Knowledge knowledge;

    @Inject
    IndicatorsConfig config;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @Test
    void figures_that_went_wrong_are_mended_while_they_are_read_and_written() {
        String key = newKey();
        long before = value(send(key, 1));
        Tampering.add(live, "overseas-schools", key, 7);
        assertThat(value(null)).isEqualTo(before + 7);

        String location = begin();
        List<Long> seen = new ArrayList<>();
        JsonPath rebuild = await().atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            seen.add(value(null));
                            seen.add(value(send(key, seen.size() + 2)));
                            return rebuild(location);
                        },
                        at -> at.getString("finishedAt") != null);

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("mended")).isEqualTo(1);
        assertThat(rebuild.getLong("differing")).isZero();
        assertThat(rebuild.getLong("events")).isPositive();
        assertThat(seen).as("one or the other, nothing between").isSubsetOf(before, before + 7);
        assertThat(value(null)).isEqualTo(before);
        assertThat(given().auth()
                        .oauth2(TestTokens.operatorToken())
                        .get("/v1/proofs/" + rebuild.getString("proof"))
                        .jsonPath()
                        .getString("proof.verdict"))
                .isEqualTo("proved");
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }

    @Test
    void a_write_after_the_exchange_is_counted_as_ever() {
        String location = begin();
        JsonPath rebuild = await().atMost(Duration.ofSeconds(120))
                .until(() -> rebuild(location), at -> at.getString("finishedAt") != null);
        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        long before = value(null);

        long after = value(send(newKey(), 1));

        assertThat(after).isEqualTo(before + 1);
    }

    @Test
    void new_figures_that_the_evidence_contradicts_do_not_serve() throws SQLException {
        String key = newKey();
        long before = value(send(key, 1));
        Proving.prove();
        EvidenceRow row = new EvidenceRow(database, key, 1);
        String state = row.state();
        row.setState(state.replace("MHL", "FSM"));
        try {
            String location = begin();
            JsonPath rebuild = await().atMost(Duration.ofSeconds(120))
                    .until(() -> rebuild(location), at -> at.getString("finishedAt") != null);

            assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("refused");
            assertThat(rebuild.getLong("differing")).isGreaterThan(1);
            assertThat(value(null)).isEqualTo(before);
            String certificate = "/v1/proofs/" + rebuild.getString("proof");
            assertThat(rebuild.getString("reason")).contains(certificate);
            proof(certificate)
                    .body("proof.verdict", equalTo("differs"))
                    .body("proof.candidate", equalTo(true))
                    .body("items.find { it.at.hostCountry == 'FSM' }.origin", equalTo("evidence"));
            // The evidence is wrong about the figures that serve, too.
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> proof("/v1/proofs?limit=1")
                            .body("alarm", equalTo(true))
                            .body("items[0].candidate", equalTo(false)));
        } finally {
            row.setState(state);
        }
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }

    private static ValidatableResponse proof(String path) {
        return given().auth().oauth2(TestTokens.auditorToken()).get(path).then().statusCode(200);
    }

    @Test
    void that_the_evidence_is_replaced_is_told_though_the_figures_are_not() throws SQLException {
        String key = newKey();
        long before = value(send(key, 1));
        EvidenceRow row = new EvidenceRow(database, key, 1);
        String state = row.state();
        row.setState(state.replace("MHL", "FSM"));
        Instant then = knowledge.at(null).orElseThrow().moment();
        assertThat(known(then)).isEqualTo(before - 1);
        OnlyFromTheBeginning logs = new OnlyFromTheBeginning(kafka, config);
        QuarkusMock.installMockForType(logs, LogReaders.class);
        JsonPath rebuild;
        try {
            rebuild = rebuilt("/v1/rebuilds?evidence=true");
        } finally {
            logs.mend();
        }

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("failed");
        assertThat(rebuild.getBoolean("evidenceReplaced")).isTrue();
        assertThat(rebuild.getLong("mendedVersions")).isEqualTo(1);
        assertThat(rebuild.getString("proof")).isNull();
        assertThat(row.state()).isEqualTo(state);
        assertThat(known(then)).isEqualTo(before);
        assertThat(value(null)).isEqualTo(before);
        JsonPath again = rebuilt("/v1/rebuilds");
        assertThat(again.getString("state")).as(again.prettify()).isEqualTo("done");
        assertThat(again.getBoolean("evidenceReplaced")).isFalse();
    }

    @Test
    void evidence_that_went_wrong_is_mended_and_what_was_known_with_it() throws SQLException {
        String damaged = newKey();
        String lost = newKey();
        long before = value(send(damaged, 1).plus(send(lost, 1)));
        EvidenceRow row = new EvidenceRow(database, damaged, 1);
        String state = row.state();
        String place = new EvidenceRow(database, lost, 1).place();
        Instant then = knowledge.at(null).orElseThrow().moment();
        row.setState(state.replace("MHL", "FSM"));
        new EvidenceRow(database, lost, 1).drop();
        assertThat(known(then)).isEqualTo(before - 2);

        JsonPath rebuild = rebuilt("/v1/rebuilds?evidence=true");

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getBoolean("evidence")).isTrue();
        assertThat(rebuild.getLong("mendedVersions")).isEqualTo(2);
        assertThat(rebuild.getLong("mended")).as("cells of the live figures").isZero();
        assertThat(row.state()).isEqualTo(state);
        assertThat(new EvidenceRow(database, lost, 1).place()).isEqualTo(place);
        assertThat(known(then)).isEqualTo(before);
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }

    /** As a reader before this one left it, which could not read the event; this one can. */
    @Test
    void an_event_that_was_set_aside_and_can_be_read_now_is_replayed() throws SQLException {
        String key = newKey();
        long before = value(send(key, 1));
        EvidenceRow row = new EvidenceRow(database, key, 1);
        String[] place = row.place().split(" ");
        row.drop();
        setAside(key, place);

        JsonPath rebuild = rebuilt("/v1/rebuilds?evidence=true");

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("replayed")).isEqualTo(1);
        assertThat(row.place()).isEqualTo(String.join(" ", place));
        assertThat(value(null)).isEqualTo(before);
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/set-aside?limit=1000")
                .then()
                .body("items.key", not(hasItem(key)));
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }

    /** As a reader before this one left it, which could read the event; this one cannot. */
    @Test
    void an_event_that_was_stored_and_cannot_be_read_now_is_set_aside() throws SQLException {
        String key = newKey();
        long before = value(send(key, 1));
        EventLog.raw(EventLog.SCHOOL, key, "not understood now".getBytes(StandardCharsets.UTF_8));
        String aside = "items.find { it.key == '" + key + "' }.";
        JsonPath set = await().atMost(Duration.ofSeconds(30))
                .until(RebuildIT::setAside, all -> all.get(aside + "offset") != null);
        EvidenceRow first = new EvidenceRow(database, key, 1);
        List<Object> stored = first.drop();
        first.put(stored);
        stored.set(EvidenceRow.VERSION, 2);
        stored.set(EvidenceRow.PARTITION, set.getInt(aside + "partition"));
        stored.set(EvidenceRow.OFFSET, set.getLong(aside + "offset"));
        new EvidenceRow(database, key, 2).put(stored);
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("delete from set_aside where key = ?")) {
            statement.setBytes(1, key.getBytes(StandardCharsets.UTF_8));
            statement.executeUpdate();
        }

        JsonPath rebuild = rebuilt("/v1/rebuilds?evidence=true");

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("mendedVersions")).isEqualTo(1);
        assertThat(setAside().getLong(aside + "offset")).isEqualTo(stored.get(EvidenceRow.OFFSET));
        assertThat(setAside().getBoolean(aside + "healed")).isFalse();
        assertThat(value(null)).isEqualTo(before);
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
        value(send(key, 2));
    }

    private static JsonPath setAside() {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/set-aside?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /**
     * As a reader before this one left it, which understood neither the second version nor the first of two events of the third:
     * of these it held the other one.
     */
    @Test
    void several_events_of_one_key_that_were_set_aside_are_replayed_in_the_order_of_the_log() throws SQLException {
        String key = newKey();
        Instant first = known(key, 1, "LIE");
        Instant second = known(key, 2, "SMR");
        Instant third = known(key, 3, "MCO");
        send(key, 3, "ISL");
        Instant fourth = known(key, 4, "LIE");
        EvidenceRow unknown = new EvidenceRow(database, key, 2);
        EvidenceRow otherwise = new EvidenceRow(database, key, 3);
        List<String> places = List.of(unknown.place(), otherwise.place());
        places.forEach(place -> setAside(key, place.split(" ")));
        unknown.drop();
        List<Object> other = otherwise.drop();
        other.set(EvidenceRow.OFFSET, (long) other.get(EvidenceRow.OFFSET) + 1);
        other.set(EvidenceRow.AFTER, EventLog.school("ISL", "other", "2019-08-17", null));
        otherwise.put(other);
        assertThat(countries(second)).as("as the other reader left it").containsExactly("LIE");

        JsonPath rebuild = rebuilt("/v1/rebuilds?evidence=true");

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("replayed")).isEqualTo(2);
        assertThat(rebuild.getLong("mendedVersions")).isEqualTo(2);
        assertThat(List.of(unknown.place(), otherwise.place())).isEqualTo(places);
        assertThat(countries(first)).containsExactly("LIE");
        assertThat(countries(second)).containsExactly("SMR");
        assertThat(countries(third)).containsExactly("MCO");
        assertThat(countries(fourth)).containsExactly("LIE");
        assertThat(movers("LIE", first, fourth)).containsExactly("2: -1", "4: 1");
        assertThat(movers("SMR", first, fourth)).containsExactly("2: 1", "3: -1");
        assertThat(movers("MCO", first, fourth)).containsExactly("3: 1", "4: -1");
        assertThat(movers("ISL", first, fourth)).isEmpty();
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }

    /** Sends a version. @return a moment at which the evidence holds it, and nothing newer of its key */
    private Instant known(String key, int version, String country) throws SQLException {
        send(key, version, country);
        assertThat(new EvidenceRow(database, key, version).place()).isNotEmpty();
        return knowledge.at(null).orElseThrow().moment();
    }

    /** The countries in which there was a school at a moment, as far as was known then. */
    private static List<String> countries(Instant moment) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?by=hostCountry&hostCountry=LIE,SMR,MCO,ISL&asOf=" + moment)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("values.hostCountry");
    }

    /** Which versions moved the number of schools in a country, in the order in which they did, and by how much. */
    private static List<String> movers(String country, Instant from, Instant to) {
        return given()
                .auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/changes?hostCountry=" + country + "&from=" + from + "&to=" + to)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .<Map<String, Object>>getList("causes.items.flatten()")
                .stream()
                .map(item -> item.get("version") + ": " + item.get("amount"))
                .toList();
    }

    private void setAside(String key, String[] place) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into set_aside (topic, partition, kafka_offset, record, key, content, reason)"
                                + " values (?, ?, ?, 'overseas-school', ?, ?, 'not understood then')")) {
            statement.setString(1, place[0]);
            statement.setInt(2, Integer.parseInt(place[1]));
            statement.setLong(3, Long.parseLong(place[2]));
            statement.setBytes(4, key.getBytes(StandardCharsets.UTF_8));
            statement.setBytes(5, new byte[0]);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void events_that_come_while_the_evidence_is_read_anew_are_in_it() {
        String key = newKey();
        long before = value(null);
        String location = begin("/v1/rebuilds?evidence=true");
        int[] version = {0};

        JsonPath rebuild = await().atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            assertThat(value(send(key, ++version[0]))).isEqualTo(before + 1);
                            return rebuild(location);
                        },
                        at -> at.getString("finishedAt") != null);

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("mendedVersions")).isZero();
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }

    private static long known(Instant moment) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(SLICE + "&asOf=" + moment)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("values[0].value");
    }

    private static JsonPath rebuilt(String path) {
        String location = begin(path);
        return await().atMost(Duration.ofSeconds(120))
                .until(() -> rebuild(location), at -> at.getString("finishedAt") != null);
    }

    @Test
    void operators_begin_auditors_look_and_others_see_nothing() {
        for (String who : List.of(TestTokens.bureauToken("12"), TestTokens.allianceToken("WFCP"))) {
            given().auth().oauth2(who).post("/v1/rebuilds").then().statusCode(403);
            given().auth()
                    .oauth2(who)
                    .get("/v1/rebuilds/" + UUID.randomUUID())
                    .then()
                    .statusCode(403);
        }
        given().auth().oauth2(TestTokens.auditorToken()).post("/v1/rebuilds").then().statusCode(403);
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/rebuilds/" + UUID.randomUUID())
                .then()
                .statusCode(404);
        given().auth().oauth2(TestTokens.auditorToken()).get("/v1/rebuilds/x").then().statusCode(404);
        given().post("/v1/rebuilds").then().statusCode(401);
    }

    /** Once the one that may be running has ended. */
    private static String begin() {
        return begin("/v1/rebuilds");
    }

    private static String begin(String path) {
        return await().atMost(Duration.ofSeconds(120))
                .until(() -> given().auth().oauth2(TestTokens.operatorToken()).post(path), answer -> answer.statusCode() == 202)
                .header("Location");
    }

    private static JsonPath rebuild(String location) {
        return given().auth()
                .oauth2(TestTokens.auditorToken())
                .get(location)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String newKey() {
        return "12/B-" + UUID.randomUUID();
    }

    private static Receipt send(String key, int version) {
        return send(key, version, "MHL");
    }

    private static Receipt send(String key, int version, String country) {
        return EventLog.send(EventLog.SCHOOL, key, version, EventLog.school(country, "other", "2019-08-17", null));
    }

    private static long value(@Nullable Receipt receipt) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(SLICE + (receipt == null ? "" : "&receipt=" + receipt.text()))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("values[0].value");
    }
}
