package org.voyage.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voyage.local.PostgresNode;

/** Content of the services' own tables, read without the services. */
final class CrashTables {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One stored row.
     *
     * @param state null node when withdrawn
     */
    record StoredRow(int version, JsonNode state) {}

    private final PostgresNode postgres;

    CrashTables(PostgresNode postgres) {
        this.postgres = postgres;
    }

    /** Returns the key of a record in every compared place. */
    static String keyOf(BureauRecord entry) {
        return keyOf(
                entry.type().path.substring(0, entry.type().path.length() - 1), entry.province(), entry.sourceId());
    }

    static String keyOf(String record, String province, String sourceId) {
        return record + " " + province + "/" + sourceId;
    }

    Connection connect(String service) throws SQLException {
        // Row-level security shows the owner everything, and the service's own role nothing.
        return connect(service, PostgresNode.ownerOf(service));
    }

    private Connection connect(String service, String role) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(service), role, PostgresNode.passwordOf(role));
    }

    /** Returns the records of a push. */
    Map<String, StoredRow> findRecords(String prefix) {
        Map<String, StoredRow> records = new HashMap<>();
        for (String[] row : query("overseas", """
                select 'overseas-school', province, source_id, version, reason, record
                  from overseas_school where source_id like ? || '-%'
                union all
                select 'overseas-headcount', province, source_id, version, reason, record
                  from overseas_headcount where source_id like ? || '-%'
                union all
                select 'overseas-training', province, source_id, version, reason, record
                  from overseas_training where source_id like ? || '-%'""", prefix, prefix, prefix)) {
            boolean withdrawn = row[4] != null;
            StoredRow twin = records.put(
                    keyOf(row[0], row[1], row[2]),
                    new StoredRow(Integer.parseInt(row[3]), withdrawn ? JSON.nullNode() : parseJson(row[5])));
            if (twin != null) {
                throw new AssertionError(row[2] + " is there twice");
            }
        }
        return records;
    }

    /** Returns the number of versions of a push's records. */
    int countVersions(String prefix) {
        return Integer.parseInt(query("overseas", """
                select (select count(*) from overseas_school where source_id like ? || '-%')
                     + (select count(*) from overseas_school_history where source_id like ? || '-%')
                     + (select count(*) from overseas_headcount where source_id like ? || '-%')
                     + (select count(*) from overseas_headcount_history where source_id like ? || '-%')
                     + (select count(*) from overseas_training where source_id like ? || '-%')
                     + (select count(*) from overseas_training_history where source_id like ? || '-%')""", prefix, prefix, prefix, prefix, prefix, prefix)
                .getFirst()[0]);
    }

    /** Returns the number of evidence rows for each version of a push's records. */
    Map<String, Map<Integer, Integer>> countEvidence(String prefix) {
        Map<String, Map<Integer, Integer>> evidence = new HashMap<>();
        for (String[] row : query(
                "indicators",
                "select record, province, source_id, version from evidence where source_id like ? || '-%'",
                prefix)) {
            evidence.computeIfAbsent(keyOf(row[0], row[1], row[2]), key -> new HashMap<>())
                    .merge(Integer.parseInt(row[3]), 1, Integer::sum);
        }
        return evidence;
    }

    /** Runs a query in the role of the service, because only that role sees the activity of its sessions. */
    List<String[]> queryAsService(String service, String sql, Object... arguments) {
        return query(service, service, sql, arguments);
    }

    List<String[]> query(String service, String sql, Object... arguments) {
        return query(service, PostgresNode.ownerOf(service), sql, arguments);
    }

    private List<String[]> query(String service, String role, String sql, Object[] arguments) {
        try (Connection connection = connect(service, role);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<String[]> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    String[] row = new String[columns];
                    for (int i = 0; i < columns; i++) {
                        row[i] = result.getString(i + 1);
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static JsonNode parseJson(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
