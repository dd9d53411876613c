package org.voyage.indicators.live;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.runtime.util.ClassPathUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.EventLog;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.Tokens;

/** A start with a definition that the last one did not have, on a log that has a history; in a database of its own. */
@QuarkusTest
@TestProfile(NewFigureIT.WithNewFigure.class)
@QuarkusTestResource(
        value = RealBackends.class,
        initArgs = @ResourceArg(name = "database", value = "standards"),
        restrictToAnnotatedClass = true)
@QuarkusTestResource(value = NewFigureIT.Earlier.class, restrictToAnnotatedClass = true)
class NewFigureIT {

    private static final String DATABASE = "standards";
    private static final String OPENED = "schools-opened";
    private static final List<String> TOPICS =
            History.RECORDS.stream().map(record -> "later." + record).toList();
    private static final String DEFINITION = """
            code: schools-opened
            version: 1
            name: { zh: 当年新开境外办学机构数, en: Schools opened in the year }
            unit: { code: schools, zh: 个, en: schools }
            record: overseas-school
            measure: { kind: count }
            period: { kind: flow, on: openedOn }
            dimensions: [province, hostCountry]
            derivation: { zh: 当年开办的境外办学机构数。, en: Schools that opened in the year. }
            """;

    public static class WithNewFigure implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory("definitions");
                Files.writeString(folder.resolve(OPENED + ".yaml"), DEFINITION);
                return Map.of(
                        "voyage.indicators.topics",
                        String.join(",", TOPICS),
                        "voyage.indicators.definitions",
                        folder.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What an earlier start has left: its definitions, and a log that it has followed. */
    public static class Earlier implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            String owner = TestServers.owner(DATABASE);
            Flyway.configure()
                    .dataSource(TestServers.jdbcUrl(DATABASE), owner, TestServers.password(owner))
                    .locations("db/kit/audit", "db/migration")
                    .outOfOrder(true)
                    .load()
                    .migrate();
            try (Connection connection = TestServers.connect(DATABASE, owner, "");
                    PreparedStatement note = connection.prepareStatement(
                            "insert into definition_in_force values (?, '2026-01-01', ?) on conflict do nothing")) {
                ClassPathUtils.consumeAsPaths("contracts/indicators", folder -> definitions(folder, note));
                EventLog.createTopics(TOPICS);
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            } catch (Exception e) {
                throw new IllegalStateException("no topics", e);
            }
            EventLog.send("later.overseas-school", "12/L-1", 1, school("2021-05-01"));
            EventLog.send("later.overseas-school", "12/L-1", 2, school("2022-05-01"));
            EventLog.send("later.overseas-school", "12/L-2", 1, school("2022-09-01"));
            EventLog.send("later.overseas-school", "12/L-3", 1, school("2022-10-01"));
            EventLog.send("later.overseas-school", "12/L-3", 2, null);
            return Map.of();
        }

        private static String school(String openedOn) {
            return EventLog.school("THA", "luban-workshop", openedOn, null);
        }

        private static void definitions(Path folder, PreparedStatement note) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                    note.setString(1, file.getFileName().toString().replace(".yaml", ""));
                    note.setBytes(2, Files.readAllBytes(file));
                    note.executeUpdate();
                }
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public void stop() {}
    }

    @Test
    void a_new_figure_is_counted_after_the_others_and_has_its_whole_history() {
        EventLog.awaitReady();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> given().get("/q/health/ready")
                        .then()
                        .body("checks.find { it.name == 'live figures' }.data.'new figures'", equalTo(OPENED))
                        .body("checks.find { it.name == 'live figures' }.data.'being counted'", nullValue()));
        ask(OPENED, "2021").body("values.value", equalTo(List.of(0)));
        ask(OPENED, "2022").body("values.value", equalTo(List.of(2)));
        ask("overseas-schools", "2022").body("values.value", equalTo(List.of(2)));

        EventLog.send("later.overseas-school", "12/L-4", 1, Earlier.school("2022-11-01"));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> ask(OPENED, "2022").body("values.value", equalTo(List.of(3))));
    }

    private static ValidatableResponse ask(String code, String year) {
        return given().header("Authorization", "Bearer " + Tokens.operator())
                .queryParam("period", year)
                .get("/v1/indicators/{code}/values", code)
                .then()
                .statusCode(200);
    }
}
