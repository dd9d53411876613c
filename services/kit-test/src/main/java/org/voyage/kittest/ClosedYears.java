package org.voyage.kittest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Years of a province as they stand after the operations team has locked or reopened them. */
public final class ClosedYears {

    private ClosedYears() {}

    public static void lock(DataSource service, String province, int year) throws SQLException {
        put(service, province, year, "locked");
    }

    public static void reopen(DataSource service, String province, int year) throws SQLException {
        put(service, province, year, "open");
    }

    private static void put(DataSource service, String province, int year, String state) throws SQLException {
        try (Connection connection = service.getConnection()) {
            put(connection, province, year, state);
        }
    }

    /** In a transaction of the test's own. */
    public static void lock(Connection connection, String province, int year) throws SQLException {
        put(connection, province, year, "locked");
    }

    private static void put(Connection connection, String province, int year, String state) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into year_close"
                + " (province, source_id, version, recorded_at, cause_kind, cause_id, actor, record)"
                + " values (?, ?, 1, clock_timestamp(), 'request', 'test', 'operator', jsonb_build_object('state', ?))"
                + " on conflict (province, source_id) do update"
                + " set version = year_close.version + 1, record = excluded.record")) {
            statement.setString(1, province);
            statement.setString(2, Integer.toString(year));
            statement.setString(3, state);
            statement.executeUpdate();
        }
    }
}
