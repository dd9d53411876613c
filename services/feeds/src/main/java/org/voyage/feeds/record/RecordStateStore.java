package org.voyage.feeds.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.ScanBounds.ScanPage;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** Store of the current states of the records, in the transaction of a client. */
public final class RecordStateStore {

    private static final String SELECT_SQL =
            "select record, province, source_id, outside_id, version_order, state, parent_id, moved_to from"
                    + " record_state";
    private static final String UPSERT_SQL = """
        insert into record_state
               (record, province, source_id, outside_id, version_order, state, parent_id, moved_to)
        select r, p, s, o, v, j::jsonb, a, m
          from unnest(?, ?, ?, ?, ?, ?, ?, ?) as x (r, p, s, o, v, j, a, m)
        on conflict (record, province, source_id) do update
           set version_order = excluded.version_order, state = excluded.state,
               parent_id = excluded.parent_id, moved_to = excluded.moved_to\
        """;

    /**
     * The limits within bound the records that are looked at: a scan that finds few of many delays no live event, and a page
     * does not read all records of the feed. A JSON path passes over values of another form.
     */
    private static final String BOUNDED_SQL = """
        select record, province, source_id, outside_id, version_order, state, parent_id, moved_to
          from (select * from record_state where outside_id > ? order by outside_id limit ?) r
          left join (select outside_id as held from feed_record where feed = ? and outside_id > ?
                      order by outside_id limit ?) h on held = outside_id
         where held is not null
            or r.state is not null and r.record = any (?)
               and (? or r.province = any (?))
               and (? or r.record = 'standard'
                    or jsonb_path_exists(
                         r.state,
                         '$ ? (@.hostCountry == $c[*] || @.country == $c[*] || @.foreignPartners[*].country == $c[*])',
                         jsonb_build_object('c', to_jsonb(?))))
         order by outside_id limit ?\
        """;

    private static final String CURSOR_SQL =
            "select outside_id from record_state where outside_id > ? order by outside_id offset ? limit 1";
    /** Records that are looked at for each one that may be judged. */
    private static final int LOOK_AHEAD = 10;

    private static final ObjectMapper JSON = new JsonMapper();

    private RecordStateStore() {}

    static List<RecordState> load(JdbcClient database, Collection<String> outsideIds) {
        return database.query(
                SELECT_SQL + " where outside_id = any (?)", RecordStateStore::mapState, SqlArray.ofTexts(outsideIds));
    }

    /** Returns the recognitions of standards. */
    static List<RecordState> loadRecognitions(JdbcClient database, Collection<String> standardIds) {
        return database.query(
                SELECT_SQL + " where parent_id = any (?)", RecordStateStore::mapState, SqlArray.ofTexts(standardIds));
    }

    /** Returns the records that go on under others. */
    static List<RecordState> loadMovedTo(JdbcClient database, Collection<String> destinations) {
        return database.query(
                SELECT_SQL + " where moved_to = any (?)", RecordStateStore::mapState, SqlArray.ofTexts(destinations));
    }

    /** Returns the next records in the order of their outside ids. */
    public static List<RecordState> loadAfter(JdbcClient database, String outsideId, int limit) {
        return database.query(
                SELECT_SQL + " where outside_id > ? order by outside_id limit ?",
                RecordStateStore::mapState,
                outsideId,
                limit);
    }

    /**
     * Returns the next records that a scan of a feed is to judge: those within the bounds of its scope, and those that its
     * reader holds.
     *
     * @param limit maximum number of records
     */
    public static ScanPage loadPage(JdbcClient database, String feed, ScanBounds bounds, String after, int limit) {
        int look = Math.multiplyExact(limit, LOOK_AHEAD);
        List<RecordState> found = database.query(
                BOUNDED_SQL,
                RecordStateStore::mapState,
                after,
                look,
                feed,
                after,
                look,
                SqlArray.ofTexts(bounds.records(), FeedRecord::wireName),
                bounds.provinces() == null,
                SqlArray.ofTexts(orEmpty(bounds.provinces())),
                bounds.countries() == null,
                SqlArray.ofTexts(orEmpty(bounds.countries())),
                limit);
        return new ScanPage(
                found,
                found.size() == limit
                        ? found.getLast().outsideId()
                        : database.queryFirst(CURSOR_SQL, row -> row.getString(1), after, look - 1)
                                .orElse(null));
    }

    private static Set<String> orEmpty(@Nullable Set<String> codes) {
        return codes == null ? Set.of() : codes;
    }

    public static void store(JdbcClient database, Collection<RecordState> states) {
        if (states.isEmpty()) {
            return;
        }
        database.update(
                UPSERT_SQL,
                SqlArray.ofTexts(states, its -> its.record().wireName()),
                SqlArray.ofTexts(states, RecordState::province),
                SqlArray.ofTexts(states, RecordState::sourceId),
                SqlArray.ofTexts(states, RecordState::outsideId),
                SqlArray.ofInts(states.stream().map(RecordState::versionOrder).toList()),
                SqlArray.ofTexts(
                        states, its -> its.state() == null ? null : its.state().toString()),
                SqlArray.ofTexts(states, RecordState::parentId),
                SqlArray.ofTexts(states, RecordState::movedTo));
    }

    /** Reads a state from the first eight columns. */
    static RecordState mapState(ResultSet row) throws SQLException {
        String state = row.getString(6);
        return new RecordState(
                FeedRecord.of(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                state == null ? null : parse(state),
                row.getString(7),
                row.getString(8));
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
