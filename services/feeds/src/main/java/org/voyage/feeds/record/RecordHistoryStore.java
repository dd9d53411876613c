package org.voyage.feeds.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.voyage.feeds.record.RecordHistory.Moment;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;

/** Store of the changes of records, in the transaction of a client. */
public final class RecordHistoryStore {

    private static final String INSERT_SQL = """
        insert into record_change (outside_id, change, time, version_order, state, parent_id, moved_to)
        select o, c, t, v, j::jsonb, a, m
          from unnest(?, ?, ?::timestamptz[], ?, ?, ?, ?) with ordinality as x (o, c, t, v, j, a, m, place)
         order by place\
        """;
    private static final String SELECT_SQL = """
        select s.record, s.province, s.source_id, c.outside_id, c.version_order, c.state, c.parent_id, c.moved_to,
               c.position, c.change, c.time
          from record_change c join record_state s using (outside_id)
         where (c.time > ? or c.position > ?) and c.position > ?\
        """;
    private static final String RELATED_SQL =
            "select distinct outside_id from record_change where (time > ? or position > ?) and position > ? and ";

    private RecordHistoryStore() {}

    public static void store(JdbcClient database, Collection<RecordStateChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        database.update(
                INSERT_SQL,
                SqlArray.ofTexts(changes, RecordStateChange::outsideId),
                SqlArray.ofTexts(changes, its -> its.change().name().toLowerCase(Locale.ROOT)),
                SqlArray.ofTexts(changes, its -> its.time().toString()),
                new SqlArray(
                        "int4",
                        changes.stream()
                                .map(its -> its.before() == null
                                        ? null
                                        : its.before().versionOrder())
                                .toArray()),
                SqlArray.ofTexts(
                        changes,
                        its -> its.before() == null || its.before().state() == null
                                ? null
                                : its.before().state().toString()),
                SqlArray.ofTexts(
                        changes,
                        its -> its.before() == null ? null : its.before().parentId()),
                SqlArray.ofTexts(
                        changes,
                        its -> its.before() == null ? null : its.before().movedTo()));
    }

    /** Returns the position of the last change; 0 if there is none. */
    public static long findLast(JdbcClient database) {
        return database.queryOne("select coalesce(max(position), 0) from record_change", row -> row.getLong(1));
    }

    /** Returns the next changes after a moment, in the order in which they were applied. */
    static List<RecordStateChange> loadNext(JdbcClient database, Moment moment, int limit) {
        return database.query(
                SELECT_SQL + " order by c.position limit ?",
                RecordHistoryStore::mapChange,
                moment.since(),
                moment.begunAt(),
                moment.position(),
                limit);
    }

    /** Returns all changes of records after a moment, in order. */
    static List<RecordStateChange> loadChanges(JdbcClient database, Moment moment, Collection<String> outsideIds) {
        return database.query(
                SELECT_SQL + " and c.outside_id = any (?) order by c.position",
                RecordHistoryStore::mapChange,
                moment.since(),
                moment.begunAt(),
                moment.position(),
                SqlArray.ofTexts(outsideIds));
    }

    /** Returns the records that were recognitions of a standard before a later change. */
    static List<String> findRecognitions(JdbcClient database, Moment moment, String standardId) {
        return findRelated(database, moment, "parent_id = ?", standardId);
    }

    /** Returns the records that went on under another before a later change. */
    static List<String> findMovedTo(JdbcClient database, Moment moment, String destination) {
        return findRelated(database, moment, "moved_to = ?", destination);
    }

    private static List<String> findRelated(JdbcClient database, Moment moment, String condition, String outsideId) {
        return database.query(
                RELATED_SQL + condition,
                row -> row.getString(1),
                moment.since(),
                moment.begunAt(),
                moment.position(),
                outsideId);
    }

    private static RecordStateChange mapChange(ResultSet row) throws SQLException {
        row.getInt(5);
        RecordState before = row.wasNull() ? null : RecordStateStore.mapState(row);
        return new RecordStateChange(
                row.getLong(9),
                row.getString(4),
                RecordUpdateKind.find(row.getString(10)).orElseThrow(),
                RowMapper.readInstant(row, 11),
                before);
    }
}
