package org.voyage.indicators.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
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
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.voyage.indicators.AdvisoryLock;

/** The releases and their sheets. */
@ApplicationScoped
class ReleaseStore {

    /** Drawing all years of all figures takes longer than a transaction is usually given. */
    private static final int LONGEST_SECONDS = 600;

    private static final TypeReference<LinkedHashMap<String, Part>> TABLES = new TypeReference<>() {};

    private static final String SHEETS = "select figure, version, year, release, tables from release_sheet";

    private final Map<Key, Sheet> read = new ConcurrentHashMap<>();
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
     * @param also what else belongs into the transaction of a release
     * @return empty when there is nothing to release; then nothing is stored
     */
    Optional<Release> keep(String by, Instant at, Making making, Consumer<Release> also) throws SQLException {
        try {
            return QuarkusTransaction.requiringNew().timeout(LONGEST_SECONDS).call(() -> {
                try (Connection connection = dataSource.getConnection()) {
                    Optional<Release> release = append(connection, by, at, making);
                    release.ifPresent(also);
                    return release;
                }
            });
        } catch (QuarkusTransactionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private Optional<Release> append(Connection connection, String by, Instant at, Making making) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute(AdvisoryLock.RELEASES.alone());
        }
        List<Release> last = releases(connection, Long.MAX_VALUE, 1);
        long number = last.isEmpty() ? 1 : last.getFirst().number() + 1;
        List<Sheet> earlier;
        try (PreparedStatement all = connection.prepareStatement(SHEETS + " order by figure, year, release")) {
            earlier = sheets(all);
        }
        List<Sheet> sheets = making.sheets(earlier, number);
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
     * @param byYear in which release the newest sheet of each year came
     */
    record Current(Release release, NavigableMap<Integer, Long> byYear) {}

    /** @return empty while nothing was ever released */
    Optional<Current> current(String figure) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            List<Release> newest = releases(connection, Long.MAX_VALUE, 1);
            if (newest.isEmpty()) {
                return Optional.empty();
            }
            NavigableMap<Integer, Long> byYear = new TreeMap<>();
            // One that comes in between belongs to a release that this answer does not know.
            try (PreparedStatement statement = connection.prepareStatement(
                    "select year, max(release) from release_sheet where figure = ? and release <= ? group by year")) {
                statement.setString(1, figure);
                statement.setLong(2, newest.getFirst().number());
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        byYear.put(row.getInt(1), row.getLong(2));
                    }
                }
            }
            return Optional.of(new Current(newest.getFirst(), byYear));
        }
    }

    private record Key(String figure, int year, long release) {}

    /** A sheet that is there. It is read once: sheets never change. */
    Sheet sheet(String figure, int year, long release) throws SQLException {
        Key key = new Key(figure, year, release);
        Sheet known = read.get(key);
        if (known == null) {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement statement =
                            connection.prepareStatement(SHEETS + " where figure = ? and year = ? and release = ?")) {
                statement.setString(1, figure);
                statement.setInt(2, year);
                statement.setLong(3, release);
                known = sheets(statement).getFirst();
            }
            read.put(key, known);
        }
        return known;
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

    private List<Sheet> sheets(PreparedStatement statement) throws SQLException {
        List<Sheet> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new Sheet(
                        row.getString(1), row.getInt(2), row.getInt(3), row.getLong(4), tables(row.getString(5))));
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
