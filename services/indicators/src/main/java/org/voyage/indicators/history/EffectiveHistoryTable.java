package org.voyage.indicators.history;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/**
 * Table of contents with the time since when each was in force. Each start of the service adds rows; no row ever
 * changes.
 */
final class EffectiveHistoryTable {

    private static final String NOTE_SQL = """
            insert into %1$s (code, since, content)
            select ?, clock_timestamp(), ?
             where (select content from %1$s where code = ? order by since desc limit 1) is distinct from ?
            """;
    /** Before its first row, the first content of a code applies. */
    private static final String IN_FORCE_AT_SQL = """
            select distinct on (code) code, content from %s
             order by code, since > ?, case when since <= ? then since end desc nulls last, since
            """;

    private static final String FIRST_NOTED_SQL = "select code, min(since) from %s group by code";

    private final JdbcClient database;
    private final String noteSql;
    private final String inForceAtSql;
    private final String firstNotedSql;

    /** @param table name of a table with the columns code, since and content */
    EffectiveHistoryTable(DataSource dataSource, String table) {
        this.database = new JdbcClient(dataSource);
        this.noteSql = NOTE_SQL.formatted(table);
        this.inForceAtSql = IN_FORCE_AT_SQL.formatted(table);
        this.firstNotedSql = FIRST_NOTED_SQL.formatted(table);
    }

    /**
     * Records the contents that are in force from now on, as far as they changed.
     *
     * @return the codes of the recorded contents
     */
    Set<String> recordChanged(Map<String, byte[]> contents) {
        Set<String> noted = new TreeSet<>();
        contents.forEach((code, content) -> {
            if (database.update(noteSql, code, content, code, content) > 0) {
                noted.add(code);
            }
        });
        return noted;
    }

    /** Returns the time of the first row, by code. */
    Map<String, Instant> findFirstRecorded() {
        Map<String, Instant> moments = new TreeMap<>();
        database.queryEach(firstNotedSql, row -> moments.put(row.getString(1), RowMapper.readInstant(row, 2)));
        return moments;
    }

    /** Returns the contents in force at a point in time, by code. */
    Map<String, byte[]> findInForceAt(Instant moment) {
        Map<String, byte[]> contents = new TreeMap<>();
        database.queryEach(inForceAtSql, row -> contents.put(row.getString(1), row.getBytes(2)), moment, moment);
        return contents;
    }
}
