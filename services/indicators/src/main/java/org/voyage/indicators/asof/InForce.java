package org.voyage.indicators.asof;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;

/** What was in force since when: notes of which some are added at each start of the service, and none is ever changed. */
final class InForce {

    private static final String NOTE = """
            insert into %1$s (code, since, content)
            select ?, clock_timestamp(), ?
             where (select content from %1$s where code = ? order by since desc limit 1) is distinct from ?
            """;
    /** Before the first note the first one held. */
    private static final String AT = """
            select distinct on (code) code, content from %s
             order by code, since > ?, case when since <= ? then since end desc nulls last, since
            """;

    private static final String FIRST = "select code, min(since) from %s group by code";

    private final DataSource dataSource;
    private final String note;
    private final String at;
    private final String first;

    /** @param table has the columns code, since and content */
    InForce(DataSource dataSource, String table) {
        this.dataSource = dataSource;
        this.note = NOTE.formatted(table);
        this.at = AT.formatted(table);
        this.first = FIRST.formatted(table);
    }

    /**
     * Notes what is in force from now on, as far as it is not what was.
     *
     * @return what was noted
     */
    Set<String> note(Map<String, byte[]> contents) throws SQLException {
        Set<String> noted = new TreeSet<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(note)) {
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                statement.setString(1, content.getKey());
                statement.setBytes(2, content.getValue());
                statement.setString(3, content.getKey());
                statement.setBytes(4, content.getValue());
                if (statement.executeUpdate() > 0) {
                    noted.add(content.getKey());
                }
            }
        }
        return noted;
    }

    /** When something was noted first, by code. */
    Map<String, Instant> first() throws SQLException {
        Map<String, Instant> moments = new TreeMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(first);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                moments.put(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant());
            }
        }
        return moments;
    }

    /** What was in force at a moment, by code. */
    Map<String, byte[]> at(Instant moment) throws SQLException {
        OffsetDateTime then = moment.atOffset(ZoneOffset.UTC);
        Map<String, byte[]> contents = new TreeMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(at)) {
            statement.setObject(1, then);
            statement.setObject(2, then);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    contents.put(row.getString(1), row.getBytes(2));
                }
            }
        }
        return contents;
    }
}
