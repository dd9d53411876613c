package org.voyage.indicators.feature.verification.proof;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.voyage.kit.access.DatabaseScope;

/** Row of the evidence that a test damages and restores. */
public final class EditableEvidenceRow {

    /** Index of the version in a row. */
    public static final int VERSION_INDEX = 3;

    public static final int PARTITION_INDEX = 5;
    public static final int OFFSET_INDEX = 6;

    public static final int AFTER_INDEX = 11;

    private static final String COLUMNS = "record, province, source_id, version, topic, partition, kafka_offset,"
            + " position, event_time, change, cause::text, after::text";

    private final DataSource database;
    private final String key;
    private final int version;

    public EditableEvidenceRow(DataSource database, String key, int version) {
        this.database = database;
        this.key = key;
        this.version = version;
    }

    public String readPlace() {
        List<Object> row = awaitRow();
        return row.get(4) + " " + row.get(5) + " " + row.get(OFFSET_INDEX);
    }

    public void updateState(String after) throws SQLException {
        executeSql(
                "update evidence set after = ?::json where province || '/' || source_id = ? and version = ?",
                after,
                key,
                version);
    }

    public String readState() {
        return String.valueOf(awaitRow().get(AFTER_INDEX));
    }

    /** @return the values to restore the row */
    public List<Object> deleteRow() throws SQLException {
        List<Object> row = awaitRow();
        executeSql("delete from evidence where province || '/' || source_id = ? and version = ?", key, version);
        return row;
    }

    public void insertRow(List<Object> row) throws SQLException {
        executeSql("insert into evidence values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json)", row.toArray());
    }

    /** Waits for the row: the evidence is slightly behind the figures. */
    private List<Object> awaitRow() {
        return await().atMost(Duration.ofSeconds(30)).until(this::findRow, row -> !row.isEmpty());
    }

    private List<Object> findRow() throws SQLException {
        try (Connection connection = DatabaseScope.runForAllProvinces(() -> database.getConnection());
                PreparedStatement statement = connection.prepareStatement("select " + COLUMNS
                        + " from evidence where province || '/' || source_id = ? and version = ?")) {
            statement.setString(1, key);
            statement.setInt(2, version);
            try (ResultSet found = statement.executeQuery()) {
                List<Object> row = new ArrayList<>();
                if (found.next()) {
                    for (int i = 1; i <= 12; i++) {
                        row.add(found.getObject(i));
                    }
                }
                return row;
            }
        }
    }

    private void executeSql(String sql, Object... values) throws SQLException {
        try (Connection connection = DatabaseScope.runForAllProvinces(() -> database.getConnection());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("not one row: " + sql);
            }
        }
    }
}
