package org.voyage.indicators.feature.verification.rebuild;

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
import java.lang.ref.WeakReference;
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
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.cube.Cube;
import org.voyage.indicators.cube.LiveFigureTampering;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.indicators.feature.verification.proof.EditableEvidenceRow;
import org.voyage.indicators.feature.verification.proof.ProofRequests;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.kit.log.LogReaderFactory;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class RebuildServiceIT implements RunningServiceTest {

    private static final String SLICE = "/v1/indicators/overseas-schools/values?hostCountry=MHL";

    @Inject
    LiveFigures live;

    @Inject
    DataSource database;

    @Inject
    CheckpointHistory knowledge;

    @Inject
    IndicatorsConfig config;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @Test
    void figures_that_went_wrong_are_corrected_while_they_are_read_and_written() {
        String key = newKey();
        long before = valueAfter(sendVersion(key, 1));
        LiveFigureTampering.addAmount(live, "overseas-schools", key, 7);
        assertThat(valueAfter(null)).isEqualTo(before + 7);

        String location = beginWhenIdle();
        List<Long> seen = new ArrayList<>();
        JsonPath rebuild = await().atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            seen.add(valueAfter(null));
                            seen.add(valueAfter(sendVersion(key, seen.size() + 2)));
                            return awaitRebuild(location);
                        },
                        at -> at.getString("finishedAt") != null);

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("repaired")).isEqualTo(1);
        assertThat(rebuild.getLong("differing")).isZero();
        assertThat(rebuild.getLong("events")).isPositive();
        assertThat(seen).as("one or the other, nothing between").isSubsetOf(before, before + 7);
        assertThat(valueAfter(null)).isEqualTo(before);
        assertThat(given().auth()
                        .oauth2(TestTokens.operatorToken())
                        .get("/v1/proofs/" + rebuild.getString("proof"))
                        .jsonPath()
                        .getString("proof.verdict"))
                .isEqualTo("proved");
        assertThat(ProofRequests.runProof().getString("proof.verdict")).isEqualTo("proved");
    }

    @Test
    void a_write_after_the_exchange_is_counted() {
        String location = beginWhenIdle();
        JsonPath rebuild = await().atMost(Duration.ofSeconds(120))
                .until(() -> awaitRebuild(location), at -> at.getString("finishedAt") != null);
        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        long before = valueAfter(null);

        long after = valueAfter(sendVersion(newKey(), 1));

        assertThat(after).isEqualTo(before + 1);
    }

    /** Remembered results and streams that hold replaced cubes would end the second rebuild for want of memory. */
    @Test
    void after_three_rebuilds_one_set_of_figures_is_in_memory() {
        List<WeakReference<Cube>> replaced = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            valueAfter(null);
            replaced.addAll(live.readView(view -> view.completeFigures().stream()
                    .map(aggregator -> new WeakReference<>(aggregator.cube()))
                    .toList()));
            JsonPath rebuild = awaitRebuilt("/v1/rebuilds");
            assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        }

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(replaced).allMatch(cube -> cube.refersTo(null));
        });
    }

    @Test
    void new_figures_that_the_evidence_contradicts_do_not_serve() throws SQLException {
        String key = newKey();
        long before = valueAfter(sendVersion(key, 1));
        ProofRequests.runProof();
        EditableEvidenceRow row = new EditableEvidenceRow(database, key, 1);
        String state = row.readState();
        row.updateState(state.replace("MHL", "FSM"));
        try {
            String location = beginWhenIdle();
            JsonPath rebuild = await().atMost(Duration.ofSeconds(120))
                    .until(() -> awaitRebuild(location), at -> at.getString("finishedAt") != null);

            assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("refused");
            assertThat(rebuild.getLong("differing")).isGreaterThan(1);
            assertThat(valueAfter(null)).isEqualTo(before);
            String certificate = "/v1/proofs/" + rebuild.getString("proof");
            assertThat(rebuild.getString("reason")).contains(certificate);
            getProof(certificate)
                    .body("proof.verdict", equalTo("differs"))
                    .body("proof.candidate", equalTo(true))
                    .body("items.find { it.at.hostCountry == 'FSM' }.origin", equalTo("evidence"));
            // The evidence is wrong about the serving figures, too.
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> getProof("/v1/proofs?limit=1")
                            .body("alarm", equalTo(true))
                            .body("items[0].candidate", equalTo(false)));
        } finally {
            row.updateState(state);
        }
        assertThat(ProofRequests.runProof().getString("proof.verdict")).isEqualTo("proved");
    }

    private static ValidatableResponse getProof(String path) {
        return given().auth().oauth2(TestTokens.auditorToken()).get(path).then().statusCode(200);
    }

    @Test
    void a_replacement_of_the_evidence_is_reported_though_the_figures_are_not_replaced() throws SQLException {
        String key = newKey();
        long before = valueAfter(sendVersion(key, 1));
        EditableEvidenceRow row = new EditableEvidenceRow(database, key, 1);
        String state = row.readState();
        row.updateState(state.replace("MHL", "FSM"));
        Instant then = knowledge.findCheckpointAt(null).orElseThrow().time();
        assertThat(countKnown(then)).isEqualTo(before - 1);
        UnavailableLogReaderFactory logs = new UnavailableLogReaderFactory(kafka, config);
        QuarkusMock.installMockForType(logs, LogReaderFactory.class);
        JsonPath rebuild;
        try {
            rebuild = awaitRebuilt("/v1/rebuilds?evidence=true");
        } finally {
            logs.restoreKafka();
        }

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("failed");
        assertThat(rebuild.getBoolean("evidenceReplaced")).isTrue();
        assertThat(rebuild.getLong("repairedVersions")).isEqualTo(1);
        assertThat(rebuild.getString("proof")).isNull();
        assertThat(row.readState()).isEqualTo(state);
        assertThat(countKnown(then)).isEqualTo(before);
        assertThat(valueAfter(null)).isEqualTo(before);
        JsonPath again = awaitRebuilt("/v1/rebuilds");
        assertThat(again.getString("state")).as(again.prettify()).isEqualTo("done");
        assertThat(again.getBoolean("evidenceReplaced")).isFalse();
    }

    @Test
    void evidence_that_went_wrong_is_corrected_and_what_was_known_with_it() throws SQLException {
        String damaged = newKey();
        String lost = newKey();
        long before = valueAfter(sendVersion(damaged, 1).plus(sendVersion(lost, 1)));
        EditableEvidenceRow row = new EditableEvidenceRow(database, damaged, 1);
        String state = row.readState();
        String place = new EditableEvidenceRow(database, lost, 1).readPlace();
        Instant then = knowledge.findCheckpointAt(null).orElseThrow().time();
        row.updateState(state.replace("MHL", "FSM"));
        new EditableEvidenceRow(database, lost, 1).deleteRow();
        assertThat(countKnown(then)).isEqualTo(before - 2);

        JsonPath rebuild = awaitRebuilt("/v1/rebuilds?evidence=true");

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getBoolean("evidence")).isTrue();
        assertThat(rebuild.getLong("repairedVersions")).isEqualTo(2);
        assertThat(rebuild.getLong("repaired")).as("cells of the live figures").isZero();
        assertThat(row.readState()).isEqualTo(state);
        assertThat(new EditableEvidenceRow(database, lost, 1).readPlace()).isEqualTo(place);
        assertThat(countKnown(then)).isEqualTo(before);
        assertThat(ProofRequests.runProof().getString("proof.verdict")).isEqualTo("proved");
    }

    /** Simulates an earlier reader that could not read the event; this one can. */
    @Test
    void an_event_that_was_a_dead_letter_and_can_be_read_now_is_replayed() throws SQLException {
        String key = newKey();
        long before = valueAfter(sendVersion(key, 1));
        EditableEvidenceRow row = new EditableEvidenceRow(database, key, 1);
        String[] place = row.readPlace().split(" ");
        row.deleteRow();
        storeDeadLetter(key, place);

        JsonPath rebuild = awaitRebuilt("/v1/rebuilds?evidence=true");

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("replayed")).isEqualTo(1);
        assertThat(row.readPlace()).isEqualTo(String.join(" ", place));
        assertThat(valueAfter(null)).isEqualTo(before);
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/dead-letters?limit=1000")
                .then()
                .body("items.key", not(hasItem(key)));
        assertThat(ProofRequests.runProof().getString("proof.verdict")).isEqualTo("proved");
    }

    /** Simulates an earlier reader that could read the event; this one cannot. */
    @Test
    void an_event_that_was_stored_and_cannot_be_read_now_becomes_a_dead_letter() throws SQLException {
        String key = newKey();
        long before = valueAfter(sendVersion(key, 1));
        TestEventLog.sendRaw(TestEventLog.SCHOOL_TOPIC, key, "not understood now".getBytes(StandardCharsets.UTF_8));
        String aside = "items.find { it.key == '" + key + "' }.";
        JsonPath set = await().atMost(Duration.ofSeconds(30))
                .until(RebuildServiceIT::getDeadLetters, all -> all.get(aside + "offset") != null);
        EditableEvidenceRow first = new EditableEvidenceRow(database, key, 1);
        List<Object> stored = first.deleteRow();
        first.insertRow(stored);
        stored.set(EditableEvidenceRow.VERSION_INDEX, 2);
        stored.set(EditableEvidenceRow.PARTITION_INDEX, set.getInt(aside + "partition"));
        stored.set(EditableEvidenceRow.OFFSET_INDEX, set.getLong(aside + "offset"));
        new EditableEvidenceRow(database, key, 2).insertRow(stored);
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("delete from dead_letter where key = ?")) {
            statement.setBytes(1, key.getBytes(StandardCharsets.UTF_8));
            statement.executeUpdate();
        }

        JsonPath rebuild = awaitRebuilt("/v1/rebuilds?evidence=true");

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("repairedVersions")).isEqualTo(1);
        assertThat(getDeadLetters().getLong(aside + "offset")).isEqualTo(stored.get(EditableEvidenceRow.OFFSET_INDEX));
        assertThat(getDeadLetters().getBoolean(aside + "healed")).isFalse();
        assertThat(valueAfter(null)).isEqualTo(before);
        assertThat(ProofRequests.runProof().getString("proof.verdict")).isEqualTo("proved");
        valueAfter(sendVersion(key, 2));
    }

    private static JsonPath getDeadLetters() {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/dead-letters?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /**
     * Simulates an earlier reader that could read neither the second version nor the first of two events of the third.
     * Of the third version it held the second event.
     */
    @Test
    void several_events_of_one_key_that_were_dead_letters_are_replayed_in_the_order_of_the_log() throws SQLException {
        String key = newKey();
        Instant first = sendUntilKnown(key, 1, "LIE");
        Instant second = sendUntilKnown(key, 2, "SMR");
        Instant third = sendUntilKnown(key, 3, "MCO");
        sendVersion(key, 3, "ISL");
        Instant fourth = sendUntilKnown(key, 4, "LIE");
        EditableEvidenceRow unknown = new EditableEvidenceRow(database, key, 2);
        EditableEvidenceRow otherwise = new EditableEvidenceRow(database, key, 3);
        List<String> places = List.of(unknown.readPlace(), otherwise.readPlace());
        places.forEach(place -> storeDeadLetter(key, place.split(" ")));
        unknown.deleteRow();
        List<Object> other = otherwise.deleteRow();
        other.set(EditableEvidenceRow.OFFSET_INDEX, (long) other.get(EditableEvidenceRow.OFFSET_INDEX) + 1);
        other.set(EditableEvidenceRow.AFTER_INDEX, TestEventLog.schoolJson("ISL", "other", "2019-08-17", null));
        otherwise.insertRow(other);
        assertThat(countriesAsOf(second)).as("as the other reader left it").containsExactly("LIE");

        JsonPath rebuild = awaitRebuilt("/v1/rebuilds?evidence=true");

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("replayed")).isEqualTo(2);
        assertThat(rebuild.getLong("repairedVersions")).isEqualTo(2);
        assertThat(List.of(unknown.readPlace(), otherwise.readPlace())).isEqualTo(places);
        assertThat(countriesAsOf(first)).containsExactly("LIE");
        assertThat(countriesAsOf(second)).containsExactly("SMR");
        assertThat(countriesAsOf(third)).containsExactly("MCO");
        assertThat(countriesAsOf(fourth)).containsExactly("LIE");
        assertThat(moversBetween("LIE", first, fourth)).containsExactly("2: -1", "4: 1");
        assertThat(moversBetween("SMR", first, fourth)).containsExactly("2: 1", "3: -1");
        assertThat(moversBetween("MCO", first, fourth)).containsExactly("3: 1", "4: -1");
        assertThat(moversBetween("ISL", first, fourth)).isEmpty();
        assertThat(ProofRequests.runProof().getString("proof.verdict")).isEqualTo("proved");
    }

    /**
     * Sends a version.
     *
     * @return a point in time at which the evidence holds it, and nothing newer of its key
     */
    private Instant sendUntilKnown(String key, int version, String country) throws SQLException {
        sendVersion(key, version, country);
        assertThat(new EditableEvidenceRow(database, key, version).readPlace()).isNotEmpty();
        return knowledge.findCheckpointAt(null).orElseThrow().time();
    }

    /** Returns the countries with a school at a point in time, as known at that time. */
    private static List<String> countriesAsOf(Instant moment) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?by=hostCountry&hostCountry=LIE,SMR,MCO,ISL&asOf=" + moment)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.hostCountry");
    }

    /** Returns the versions that moved the number of schools in a country, in order, with their amounts. */
    private static List<String> moversBetween(String country, Instant from, Instant to) {
        return given()
                .auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/changes?hostCountry=" + country + "&from=" + from + "&to=" + to)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .<Map<String, Object>>getList("contributions.items.flatten()")
                .stream()
                .map(item -> item.get("version") + ": " + item.get("amount"))
                .toList();
    }

    private void storeDeadLetter(String key, String[] place) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into dead_letter (topic, partition, kafka_offset, record, key, content, reason)"
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
    void events_that_arrive_while_the_evidence_is_read_again_are_in_it() {
        String key = newKey();
        long before = valueAfter(null);
        String location = beginWhenIdle("/v1/rebuilds?evidence=true");
        int[] version = {0};

        JsonPath rebuild = await().atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            assertThat(valueAfter(sendVersion(key, ++version[0])))
                                    .isEqualTo(before + 1);
                            return awaitRebuild(location);
                        },
                        at -> at.getString("finishedAt") != null);

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("repairedVersions")).isZero();
        assertThat(ProofRequests.runProof().getString("proof.verdict")).isEqualTo("proved");
    }

    private static long countKnown(Instant moment) {
        Number value = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(SLICE + "&asOf=" + moment)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .get("items[0].value");
        // Without a report there is no value.
        return value == null ? 0 : value.longValue();
    }

    private static JsonPath awaitRebuilt(String path) {
        String location = beginWhenIdle(path);
        return await().atMost(Duration.ofSeconds(120))
                .until(() -> awaitRebuild(location), at -> at.getString("finishedAt") != null);
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
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .post("/v1/rebuilds")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/rebuilds/" + UUID.randomUUID())
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/rebuilds/x")
                .then()
                .statusCode(404);
        given().post("/v1/rebuilds").then().statusCode(401);
    }

    /** Starts a rebuild after the end of a running one. */
    private static String beginWhenIdle() {
        return beginWhenIdle("/v1/rebuilds");
    }

    private static String beginWhenIdle(String path) {
        return await().atMost(Duration.ofSeconds(120))
                .until(
                        () -> given().auth().oauth2(TestTokens.operatorToken()).post(path),
                        answer -> answer.statusCode() == 202)
                .header("Location");
    }

    private static JsonPath awaitRebuild(String location) {
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

    private static Receipt sendVersion(String key, int version) {
        return sendVersion(key, version, "MHL");
    }

    private static Receipt sendVersion(String key, int version, String country) {
        return TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, version, TestEventLog.schoolJson(country, "other", "2019-08-17", null));
    }

    private static long valueAfter(@Nullable Receipt receipt) {
        Number value = given().auth()
                .oauth2(TestTokens.operatorToken())
                .get(SLICE + (receipt == null ? "" : "&receipt=" + receipt.text()))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .get("items[0].value");
        // Without a report there is no value.
        return value == null ? 0 : value.longValue();
    }
}
