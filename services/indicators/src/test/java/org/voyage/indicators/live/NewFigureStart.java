package org.voyage.indicators.live;

import io.quarkus.runtime.util.ClassPathUtils;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.voyage.indicators.TestEventLog;
import org.voyage.kittest.TestServers;

/** Fixture of a start with two new definitions, one of them of persons with releases, on a log with a history. */
final class NewFigureStart {

    static final String OPENED_SCHOOLS = "schools-opened";
    static final String STUDENTS = "overseas-students";
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

    private NewFigureStart() {}

    static List<String> topicsOf(String log) {
        return RecordHistory.RECORDS.stream().map(record -> log + "." + record).toList();
    }

    static String schoolJson(String openedOn) {
        return TestEventLog.schoolJson("THA", "luban-workshop", openedOn, null);
    }

    /** Profile that reads its own log. */
    abstract static class NewFigureProfile implements QuarkusTestProfile {

        private final String log;

        NewFigureProfile(String log) {
            this.log = log;
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory("definitions");
                Files.writeString(folder.resolve(OPENED_SCHOOLS + ".yaml"), DEFINITION);
                return Map.of(
                        "voyage.indicators.topics",
                        String.join(",", topicsOf(log)),
                        "voyage.indicators.definitions",
                        folder.toString(),
                        "voyage.indicators.release.every",
                        "24h");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Test resource with the traces of an earlier start: its definitions in the database, and the log that it followed.
     */
    public static class EarlierStartResource implements QuarkusTestResourceLifecycleManager {

        private String database = "";
        private String log = "";

        @Override
        public void init(Map<String, String> args) {
            database = Objects.requireNonNull(args.get("database"));
            log = Objects.requireNonNull(args.get("log"));
        }

        @Override
        public Map<String, String> start() {
            String owner = TestServers.ownerOf(database);
            Flyway.configure()
                    .dataSource(TestServers.jdbcUrl(database), owner, TestServers.passwordOf(owner))
                    .locations("db/kit/audit", "db/migration")
                    .outOfOrder(true)
                    .load()
                    .migrate();
            try (Connection connection = TestServers.connect(database, owner, "");
                    PreparedStatement note = connection.prepareStatement(
                            "insert into definition_in_force values (?, '2026-01-01', ?) on conflict do nothing")) {
                ClassPathUtils.consumeAsPaths("contracts/indicators", folder -> recordDefinitions(folder, note));
                TestEventLog.createTopics(topicsOf(log));
                lockYear(connection);
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            } catch (Exception e) {
                throw new IllegalStateException("no topics", e);
            }
            String schools = log + ".overseas-school";
            TestEventLog.sendChange(schools, "12/L-1", 1, schoolJson("2021-05-01"));
            TestEventLog.sendChange(schools, "12/L-1", 2, schoolJson("2022-05-01"));
            TestEventLog.sendChange(schools, "12/L-2", 1, schoolJson("2022-09-01"));
            TestEventLog.sendChange(schools, "12/L-3", 1, schoolJson("2022-10-01"));
            TestEventLog.sendChange(schools, "12/L-3", 2, null);
            TestEventLog.sendChange(
                    log + ".overseas-headcount", "12/L-1", 1, TestEventLog.headcountJson("L-1", 2023, 40));
            return Map.of();
        }

        /** Scheduled releases take locked years only. */
        private void lockYear(Connection connection) throws SQLException {
            try (PreparedStatement lock = connection.prepareStatement(
                    "insert into year_close values (?, '12', 2023, 1, 'locked', now()) on conflict do nothing")) {
                lock.setString(1, log);
                lock.executeUpdate();
            }
        }

        private static void recordDefinitions(Path folder, PreparedStatement note) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(NewFigureStart::isEarlierDefinition).toList()) {
                    note.setString(1, codeOf(file));
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

    private static boolean isEarlierDefinition(Path file) {
        return file.toString().endsWith(".yaml") && !codeOf(file).equals(STUDENTS);
    }

    private static String codeOf(Path file) {
        return file.getFileName().toString().replace(".yaml", "");
    }
}
