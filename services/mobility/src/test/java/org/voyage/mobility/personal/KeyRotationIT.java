package org.voyage.mobility.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.voyage.kittest.RecordApiClient.as;
import static org.voyage.kittest.RecordApiClient.bureau;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.voyage.kit.access.Province;
import org.voyage.kit.record.RecordKey;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.mobility.enrolment.EnrolmentRequests;

/** Integration test of a rotation to a second key, which is the primary one now. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
@TestProfile(KeyRotationIT.SecondKeyProfile.class)
class KeyRotationIT {

    private static final String ROTATION = "/v1/personal-data/rotation";

    public static final class SecondKeyProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "voyage.personal.keys.2",
                    KeyRingTest.key("another one"),
                    "voyage.personal.primary",
                    "2",
                    "voyage.personal.pseudonym-keys.2",
                    KeyRingTest.key("yet another one"),
                    "voyage.personal.pseudonym-primary",
                    "2");
        }
    }

    private static String configured(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    /** Stores a row under the old key, as if before the second key. */
    private static void storeWithOldKey(String path, String passport) throws SQLException {
        KeyRing old = new KeyRing(KeyRingTest.config(
                Map.of(1, configured("voyage.personal.keys.1")),
                Map.of(1, configured("voyage.personal.pseudonym-keys.1")),
                1));
        RecordKey key = new RecordKey(Province.of("12"), path.substring(path.lastIndexOf('/') + 1));
        PersonalRow row = old.seal(key, new PersonalData("SOMSAK EXAMPLE", passport, LocalDate.of(2000, 2, 29)), "THA");
        try (Connection owner = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "all");
                PreparedStatement statement = owner.prepareStatement("update student_personal set ciphertext = ?,"
                        + " key_id = 1, pseudonym = ?, pseudonym_key_id = 1, fingerprint = ? where source_id = ?")) {
            statement.setBytes(1, row.ciphertext());
            statement.setString(2, row.pseudonym());
            statement.setBytes(3, row.fingerprint());
            statement.setString(4, key.sourceId());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private static long countOldRows() throws SQLException {
        try (Connection owner = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "all");
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from student_personal where key_id <> 2 or pseudonym_key_id <> 2")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void everything_is_brought_under_the_primary_keys_and_meanwhile_read_and_linked() throws Exception {
        String passport = EnrolmentRequests.newPassport();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String path = EnrolmentRequests.newPath("12");
            EnrolmentRequests.putEnrolment(path, EnrolmentRequests.bodyWithPassport(passport))
                    .then()
                    .statusCode(201);
            paths.add(path);
        }
        for (String path : paths.subList(0, 4)) {
            storeWithOldKey(path, passport);
        }
        EnrolmentRequests.getPersonalData(paths.getFirst())
                .then()
                .body("personal.passportNumber", equalTo(passport))
                .body("sameStudent.others", equalTo(4));

        as("privacy-officer")
                .post(ROTATION)
                .then()
                .statusCode(202)
                .header("Location", org.hamcrest.Matchers.endsWith(ROTATION));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> as("privacy-officer")
                        .get(ROTATION)
                        .then()
                        .body("state", equalTo("finished"))
                        .body("unreadable", equalTo(0))
                        .body("done", greaterThanOrEqualTo(4))
                        .body("remaining", equalTo(0))
                        .body("primary", equalTo(2)));

        assertThat(countOldRows()).isZero();
        for (String path : paths) {
            EnrolmentRequests.getPersonalData(path)
                    .then()
                    .body("personal.passportNumber", equalTo(passport))
                    .body("sameStudent.others", equalTo(4));
        }
        assertThat(as("privacy-officer").get("/v1/audit?limit=100").<List<String>>path("items.action"))
                .contains("personal-rotation-started", "personal-rotation-finished");
    }

    @Test
    void one_that_a_crash_left_goes_on() throws Exception {
        String passport = EnrolmentRequests.newPassport();
        String path = EnrolmentRequests.newPath("12");
        EnrolmentRequests.putEnrolment(path, EnrolmentRequests.bodyWithPassport(passport))
                .then()
                .statusCode(201);
        storeWithOldKey(path, passport);
        insertRunning(2);
        assertResumesAndFinishes();
        assertThat(countOldRows()).isZero();
    }

    /** Two rotations began together: the one with the higher number was first and is finished. */
    @Test
    void one_that_goes_on_is_not_hidden_by_a_later_number_that_is_finished() throws Exception {
        String passport = EnrolmentRequests.newPassport();
        String path = EnrolmentRequests.newPath("12");
        EnrolmentRequests.putEnrolment(path, EnrolmentRequests.bodyWithPassport(passport))
                .then()
                .statusCode(201);
        storeWithOldKey(path, passport);
        insertRunning(2);
        runAsOwner(
                "insert into personal_rotation (actor, request_id, key_id, pseudonym_key_id, started_at, finished_at, total)"
                        + " values ('privacy-officer', 'r-2', 2, 2, now(), now(), 0)");

        assertThat(currentState()).isEqualTo("running");
        as("privacy-officer").post(ROTATION).then().statusCode(202);
        awaitFinished();
        assertThat(countOldRows()).isZero();
    }

    /** Rotation to the previous primary keys, when the service stopped. */
    @Test
    void one_to_older_keys_brings_nothing_back_and_gives_way_to_one_that_is_asked_for() throws Exception {
        String passport = EnrolmentRequests.newPassport();
        String path = EnrolmentRequests.newPath("12");
        EnrolmentRequests.putEnrolment(path, EnrolmentRequests.bodyWithPassport(passport))
                .then()
                .statusCode(201);
        EnrolmentRequests.putEnrolment(EnrolmentRequests.newPath("12"), EnrolmentRequests.bodyWithPassport(passport))
                .then()
                .statusCode(201);
        storeWithOldKey(path, passport);
        long before = countOldRows();
        insertRunning(1);

        assertStaysRunning();

        assertThat(countOldRows()).isEqualTo(before);
        as("privacy-officer").post(ROTATION).then().statusCode(202).body("total", equalTo((int) before));
        awaitFinished();
        assertThat(countOldRows()).isZero();
    }

    @Test
    void an_instance_with_older_keys_neither_works_on_a_rotation_nor_begins_one() throws Exception {
        insertRunning(3);

        assertStaysRunning();
        as("privacy-officer")
                .post(ROTATION)
                .then()
                .statusCode(409)
                .body("detail", org.hamcrest.Matchers.containsString("keys 3 and 3"));

        assertThat(currentState()).isEqualTo("running");
        runAsOwner("delete from personal_rotation where key_id = 3");
    }

    private void assertStaysRunning() {
        rotation.resume(new io.quarkus.runtime.StartupEvent());
        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> currentState().equals("running"));
    }

    private static void insertRunning(int key) throws SQLException {
        runAsOwner("insert into personal_rotation (actor, request_id, key_id, pseudonym_key_id, started_at, total)"
                + " values ('privacy-officer', 'r-1', " + key + ", " + key + ", now(), 1)"
                + " on conflict ((true)) where finished_at is null do update set (key_id, pseudonym_key_id) = ("
                + key + ", " + key + ")");
    }

    private static void runAsOwner(String sql) throws SQLException {
        try (Connection owner = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "all");
                Statement statement = owner.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private void assertResumesAndFinishes() {
        rotation.resume(new io.quarkus.runtime.StartupEvent());
        awaitFinished();
    }

    private static void awaitFinished() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> currentState().equals("finished"));
    }

    private static String currentState() {
        return as("privacy-officer").get(ROTATION).path("state");
    }

    @jakarta.inject.Inject
    @SuppressWarnings("NullAway.Init")
    KeyRotation rotation;

    @Test
    void it_is_a_privacy_officers_work() {
        for (String role : List.of("operator", "auditor", "alliance-WFCP")) {
            as(role).post(ROTATION).then().statusCode(403);
            as(role).get(ROTATION).then().statusCode(403);
        }
        bureau("12").post(ROTATION).then().statusCode(403);
    }
}
