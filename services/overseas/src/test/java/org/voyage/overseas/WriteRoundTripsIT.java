package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;

/** Integration test of the round trips to the database that a single write takes, as the driver logs them. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
@TestProfile(WriteRoundTripsIT.DriverLogProfile.class)
class WriteRoundTripsIT {

    /** Profile in which the driver can log each message to and from the database. */
    public static final class DriverLogProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.log.category.\"" + DRIVER_LOGGER + "\".min-level",
                    "ALL",
                    // Else a statement's text is sent, and logged, a few times only.
                    "quarkus.datasource.jdbc.additional-jdbc-properties.prepareThreshold",
                    "0");
        }
    }

    private static final String DRIVER_LOGGER = "org.postgresql.core.v3.QueryExecutorImpl";
    private static final String PROVINCE = "21";

    private final String school = newSourceId("S");
    private final String path = "/v1/overseas-schools/" + PROVINCE + "/" + school;

    /** Counter of the round trips of the newest transaction that writes records. */
    private static final class RoundTripCounter extends Handler implements AutoCloseable {
        private static final Logger DRIVER = Logger.getLogger(DRIVER_LOGGER);
        /** Each call of the driver sends its statements together, BEGIN included, and waits once. */
        private static final String CALL = " execute, handler=";

        private static final String WRITING_TRANSACTION = "from record_enter";
        private static final String END_OF_TRANSACTION = "<=BE ReadyForQuery(I)";

        private final Map<Long, TransactionTrace> running = new HashMap<>();
        private int counted;

        private static final class TransactionTrace {
            private int calls;
            private boolean writes;
        }

        private RoundTripCounter() {
            DRIVER.setUseParentHandlers(false);
            DRIVER.addHandler(this);
            DRIVER.setLevel(Level.ALL);
        }

        @Override
        public synchronized void publish(LogRecord record) {
            String line = new SimpleFormatter().formatMessage(record);
            TransactionTrace own = running.computeIfAbsent(record.getLongThreadID(), thread -> new TransactionTrace());
            own.writes |= line.contains(WRITING_TRANSACTION);
            if (line.contains(CALL)) {
                own.calls++;
            } else if (line.contains(END_OF_TRANSACTION)) {
                running.remove(record.getLongThreadID());
                counted = own.writes ? own.calls : counted;
            }
        }

        private synchronized int counted() {
            return counted;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            DRIVER.setLevel(null);
            DRIVER.removeHandler(this);
            DRIVER.setUseParentHandlers(true);
        }
    }

    private static int countRoundTrips(String path, String body, int status) {
        try (RoundTripCounter counter = new RoundTripCounter()) {
            put(path, body).then().statusCode(status);
            return counter.counted();
        }
    }

    private static String openedOn(String day) {
        return OverseasBodies.school("open", ",\"openedOn\":\"" + day + "\"");
    }

    private static String headcount(String school) {
        return "{\"school\":\"%s\",\"year\":2023,\"major\":\"460301\",\"students\":1}".formatted(school);
    }

    private static String newHeadcountPath() {
        return "/v1/overseas-headcounts/" + PROVINCE + "/" + newSourceId("H");
    }

    /** Makes the service estimate the size of the table now, and not within the counted writes. */
    @BeforeEach
    void write_a_headcount() {
        put(newHeadcountPath(), headcount(newSourceId("S"))).then().statusCode(202);
    }

    @Test
    void a_write_loads_and_stores_in_one_round_trip_each_and_commits() {
        assertThat(countRoundTrips(path, openedOn("2016-02-29"), 201))
                .as("a new school")
                .isEqualTo(3);
        assertThat(countRoundTrips(newHeadcountPath(), headcount(school), 201))
                .as("a new headcount")
                .isEqualTo(3);
        assertThat(countRoundTrips(path, openedOn("2015-02-28"), 200))
                .as("a correction that its children could contradict")
                .isEqualTo(3);
        assertThat(countRoundTrips(path, openedOn("2015-02-28"), 200))
                .as("a repeated school, whose receipt is looked up")
                .isEqualTo(3);
    }

    @Test
    void a_write_of_parked_rows_takes_more_round_trips() {
        assertThat(countRoundTrips(newHeadcountPath(), headcount(school), 202))
                .as("a headcount that waits for its school")
                .isEqualTo(7);
        assertThat(countRoundTrips(path, openedOn("2016-02-29"), 201))
                .as("the school that it waits for")
                .isEqualTo(6);
    }
}
