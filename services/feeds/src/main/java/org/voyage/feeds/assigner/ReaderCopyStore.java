package org.voyage.feeds.assigner;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** Store of the records in the copies of readers, within the caller's transaction. */
final class ReaderCopyStore {

    private static final String LOAD_SQL = """
        select feed, outside_id, record, parent_id, version_order, state from feed_record
         where outside_id = any (?) and (?::text is null or feed = ?)\
        """;
    private static final String COUNT_SQL = """
        select feed, parent_id, count(*) from feed_record
         where feed = any (?) and parent_id = any (?) group by feed, parent_id\
        """;
    private static final String RECOGNITIONS_SQL =
            "select outside_id from feed_record where feed = ? and parent_id = ?";
    private static final String UPSERT_SQL = """
        insert into feed_record (feed, outside_id, record, parent_id, version_order, state)
        select * from unnest(?, ?, ?, ?, ?, ?)
        on conflict (feed, outside_id) do update
           set parent_id = excluded.parent_id, version_order = excluded.version_order,
               state = excluded.state\
        """;
    private static final String DELETE_SQL = """
        delete from feed_record held using unnest(?, ?) as gone (feed, outside_id)
         where (held.feed, held.outside_id) = (gone.feed, gone.outside_id)\
        """;

    private static final String DELETE_SOME_SQL = """
        with gone as (
            delete from feed_record where (feed, outside_id) in
                   (select feed, outside_id from feed_record where feed = ? limit ?)
            returning octet_length(state) as bytes)
        select count(*), coalesce(sum(bytes), 0) from gone\
        """;

    /** Name of a record in a feed. */
    record HeldKey(String feed, String outsideId) {}

    /** Visitor of the rows. */
    interface HeldVisitor {
        void visit(HeldKey key, ReaderCopyRecord held);
    }

    /** Visitor of the numbers of recognitions held by standard. */
    interface CountVisitor {
        void visit(String feed, String standardId, long recognitions);
    }

    private ReaderCopyStore() {}

    /** @param feed null for all feeds */
    static void load(JdbcClient database, Collection<String> outsideIds, @Nullable String feed, HeldVisitor visitor) {
        database.queryEach(
                LOAD_SQL,
                row -> visitor.visit(new HeldKey(row.getString(1), row.getString(2)), mapHeld(row)),
                SqlArray.ofTexts(outsideIds),
                feed,
                feed);
    }

    static void countRecognitions(
            JdbcClient database, Collection<String> feeds, Collection<String> standards, CountVisitor visitor) {
        database.queryEach(
                COUNT_SQL,
                row -> visitor.visit(row.getString(1), row.getString(2), row.getLong(3)),
                SqlArray.ofTexts(feeds),
                SqlArray.ofTexts(standards));
    }

    static List<String> findRecognitions(JdbcClient database, String feed, String standardId) {
        return database.query(RECOGNITIONS_SQL, row -> row.getString(1), feed, standardId);
    }

    static void store(JdbcClient database, Map<HeldKey, ReaderCopyRecord> held) {
        if (held.isEmpty()) {
            return;
        }
        List<Map.Entry<HeldKey, ReaderCopyRecord>> rows = List.copyOf(held.entrySet());
        database.update(
                UPSERT_SQL,
                SqlArray.ofTexts(rows, row -> row.getKey().feed()),
                SqlArray.ofTexts(rows, row -> row.getKey().outsideId()),
                SqlArray.ofTexts(rows, row -> row.getValue().record().wireName()),
                SqlArray.ofTexts(rows, row -> row.getValue().parentId()),
                SqlArray.ofInts(
                        rows.stream().map(row -> row.getValue().versionOrder()).toList()),
                new SqlArray(
                        "bytea",
                        rows.stream().map(row -> row.getValue().state()).toArray(byte[][]::new)));
    }

    /** Number of deleted records, and the bytes of their states. */
    record DeletedRecords(int records, long bytes) {

        static final DeletedRecords NONE = new DeletedRecords(0, 0);
    }

    /** Deletes some records of a feed. */
    static DeletedRecords deleteSome(JdbcClient database, String feed, int limit) {
        return database.queryOne(
                DELETE_SOME_SQL, row -> new DeletedRecords(row.getInt(1), row.getLong(2)), feed, limit);
    }

    static void delete(JdbcClient database, Collection<HeldKey> gone) {
        if (!gone.isEmpty()) {
            database.update(
                    DELETE_SQL, SqlArray.ofTexts(gone, HeldKey::feed), SqlArray.ofTexts(gone, HeldKey::outsideId));
        }
    }

    private static ReaderCopyRecord mapHeld(ResultSet row) throws SQLException {
        return new ReaderCopyRecord(FeedRecord.of(row.getString(3)), row.getString(4), row.getInt(5), row.getBytes(6));
    }
}
