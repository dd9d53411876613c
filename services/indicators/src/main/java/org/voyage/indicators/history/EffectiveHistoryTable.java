package org.voyage.indicators.history;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/** What was in force since when: notes of which some are added at each start of the service, and none is ever changed. */
final class EffectiveHistoryTable {

    private static final String NOTE_SQL = """
            insert into %1$s (code, since, content)
            select ?, clock_timestamp(), ?
             where (select content from %1$s where code = ? order by since desc limit 1) is distinct from ?
            """;
    /** Before the first note the first one held. */
    private static final String IN_FORCE_AT_SQL = """
            select distinct on (code) code, content from %s
             order by code, since > ?, case when since <= ? then since end desc nulls last, since
            """;

    private static final String FIRST_NOTED_SQL = "select code, min(since) from %s group by code";

    private final JdbcClient database;
    private final String noteSql;
    private final String inForceAtSql;
    private final String firstNotedSql;

    /** @param table has the columns code, since and content */
    EffectiveHistoryTable(DataSource dataSource, String table) {
        this.database = new JdbcClient(dataSource);
        this.noteSql = NOTE_SQL.formatted(table);
        this.inForceAtSql = IN_FORCE_AT_SQL.formatted(table);
        this.firstNotedSql = FIRST_NOTED_SQL.formatted(table);
    }

    /**
     * Notes what is in force from now on, as far as it is not what was.
     *
     * @return what was noted
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

    /** When something was noted first, by code. */
    Map<String, Instant> findFirstRecorded() {
        Map<String, Instant> moments = new TreeMap<>();
        database.queryEach(firstNotedSql, row -> moments.put(row.getString(1), RowMapper.readInstant(row, 2)));
        return moments;
    }

    /** What was in force at a moment, by code. */
    Map<String, byte[]> findInForceAt(Instant moment) {
        Map<String, byte[]> contents = new TreeMap<>();
        database.queryEach(inForceAtSql, row -> contents.put(row.getString(1), row.getBytes(2)), moment, moment);
        return contents;
    }
}
