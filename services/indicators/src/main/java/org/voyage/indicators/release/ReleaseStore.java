package org.voyage.indicators.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The releases and their sheets. */
@ApplicationScoped
class ReleaseStore {

    /** Of the advisory lock; any number that nothing else in this database uses. */
    private static final String ONE_BY_ONE = "7265";

    private static final TypeReference<LinkedHashMap<String, Part>> TABLES = new TypeReference<>() {};

    private final DataSource dataSource;
    private final ObjectMapper json;

    ReleaseStore(DataSource dataSource, ObjectMapper json) {
        this.dataSource = dataSource;
        this.json = json;
    }

    /** Makes the sheets of a release from all that was ever released. */
    interface Making {
        /** @param earlier in the order of their releases */
        List<Sheet> sheets(List<Sheet> earlier, long number);
    }

    /**
     * One release after the other: nobody makes one beside another.
     *
     * @return empty when there is nothing to release; then nothing is stored
     */
    Optional<Release> keep(String by, Instant at, Making making) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                Optional<Release> release = append(connection, by, at, making);
                connection.commit();
                committed = true;
                return release;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }

    private Optional<Release> append(Connection connection, String by, Instant at, Making making) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("select pg_advisory_xact_lock(" + ONE_BY_ONE + ")");
        }
        List<Release> last = releases(connection, Long.MAX_VALUE, 1);
        long number = last.isEmpty() ? 1 : last.getFirst().number() + 1;
        List<Sheet> sheets = making.sheets(sheets(connection, ""), number);
        if (sheets.isEmpty()) {
            return Optional.empty();
        }
        Release release = new Release(number, at.truncatedTo(ChronoUnit.MICROS), by, sheets.size());
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into release (number, made_at, made_by, sheets) values (?, ?, ?, ?)")) {
            insert.setLong(1, number);
            insert.setObject(2, release.madeAt().atOffset(ZoneOffset.UTC));
            insert.setString(3, by);
            insert.setInt(4, sheets.size());
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into release_sheet (figure, year, release, version, tables) values (?, ?, ?, ?, ?)")) {
            for (Sheet sheet : sheets) {
                insert.setString(1, sheet.figure());
                insert.setInt(2, sheet.year());
                insert.setLong(3, number);
                insert.setInt(4, sheet.version());
                insert.setString(5, text(sheet.tables()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return Optional.of(release);
    }

    /**
     * What holds now of a figure.
     *
     * @param release the newest of all, of which the sheets hold
     * @param byYear the newest sheet of each year
     */
    record Current(Release release, Map<Integer, Sheet> byYear) {}

    /** @return empty while nothing was ever released */
    Optional<Current> current(String figure) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            List<Release> newest = releases(connection, Long.MAX_VALUE, 1);
            if (newest.isEmpty()) {
                return Optional.empty();
            }
            Map<Integer, Sheet> byYear = new LinkedHashMap<>();
            for (Sheet sheet : sheets(connection, figure)) {
                // One that came in between belongs to a release that this answer does not know.
                if (sheet.release() <= newest.getFirst().number()) {
                    byYear.put(sheet.year(), sheet);
                }
            }
            return Optional.of(new Current(newest.getFirst(), byYear));
        }
    }

    /** The newest first. @param below only releases with a smaller number */
    List<Release> newest(long below, int limit) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return releases(connection, below, limit);
        }
    }

    private static List<Release> releases(Connection connection, long below, int limit) throws SQLException {
        List<Release> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select number, made_at, made_by, sheets from release where number < ? order by number desc limit ?")) {
            statement.setLong(1, below);
            statement.setInt(2, limit);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Release(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            row.getString(3),
                            row.getInt(4)));
                }
            }
        }
        return found;
    }

    /** @param figure all if empty */
    private List<Sheet> sheets(Connection connection, String figure) throws SQLException {
        List<Sheet> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select figure, version, year, release, tables from release_sheet where ? in ('', figure)"
                        + " order by figure, year, release")) {
            statement.setString(1, figure);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Sheet(
                            row.getString(1), row.getInt(2), row.getInt(3), row.getLong(4), tables(row.getString(5))));
                }
            }
        }
        return found;
    }

    private String text(Map<String, Part> tables) {
        try {
            return json.writeValueAsString(tables);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Part> tables(String text) {
        try {
            return json.readValue(text, TABLES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sheet cannot be read", e);
        }
    }
}
