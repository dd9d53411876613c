package org.voyage.indicators.asof;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

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

    private final JdbcClient database;
    private final String note;
    private final String at;
    private final String first;

    /** @param table has the columns code, since and content */
    InForce(DataSource dataSource, String table) {
        this.database = new JdbcClient(dataSource);
        this.note = NOTE.formatted(table);
        this.at = AT.formatted(table);
        this.first = FIRST.formatted(table);
    }

    /**
     * Notes what is in force from now on, as far as it is not what was.
     *
     * @return what was noted
     */
    Set<String> note(Map<String, byte[]> contents) {
        Set<String> noted = new TreeSet<>();
        contents.forEach((code, content) -> {
            if (database.update(note, code, content, code, content) > 0) {
                noted.add(code);
            }
        });
        return noted;
    }

    /** When something was noted first, by code. */
    Map<String, Instant> first() {
        Map<String, Instant> moments = new TreeMap<>();
        database.queryEach(first, row -> moments.put(row.getString(1), RowMapper.readInstant(row, 2)));
        return moments;
    }

    /** What was in force at a moment, by code. */
    Map<String, byte[]> at(Instant moment) {
        Map<String, byte[]> contents = new TreeMap<>();
        database.queryEach(at, row -> contents.put(row.getString(1), row.getBytes(2)), moment, moment);
        return contents;
    }
}
