package org.voyage.feeds.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.OutsideState;
import org.voyage.feeds.record.RecordDimensions;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** Reads the records in a scope as a reader may see them now. */
@ApplicationScoped
public class ScopedRecordReader {

    /** A preview with a thousand records of 18 KB in each fetch took 51 MB. */
    private static final int FETCH_SIZE = 200;

    private static final String SELECT_SQL = """
            select s.outside_id, s.record, s.province, s.state, s.parent_id, p.state as parent_state
              from record_state s
              left join record_state p on p.outside_id = s.parent_id
             where s.state is not null""";

    private static final String OF_RECORD_SQL = SELECT_SQL + " and s.record = ?";

    private final JdbcClient database;
    private final ObjectMapper mapper;

    ScopedRecordReader(DataSource dataSource, ObjectMapper mapper) {
        this.database = new JdbcClient(dataSource);
        this.mapper = mapper;
    }

    /** Visible record. @param name {@code record/outsideId} */
    public record ScopedRecord(String name, FeedRecord record, String outsideId, ObjectNode state) {}

    /**
     * Number of records in scope by type, and the first of them.
     *
     * @param read number of records that were compared with the scope
     */
    public record ScopeCount(Map<String, Long> counts, List<ScopedRecord> examples, long read) {}

    /** Counts the records in a scope; a standard counts while one of its recognitions does. */
    public ScopeCount countRecords(FeedScope scope, int maxExamples) {
        ScopeCounter counter = new ScopeCounter(scope, maxExamples);
        Set<FeedRecord> types = scope.findBounds().records();
        // In a transaction the driver fetches page by page; else all states would be in memory.
        return database.inTransaction(transaction -> {
            for (FeedRecord record : types) {
                if (record != FeedRecord.STANDARD) {
                    transaction.queryEach(FETCH_SIZE, OF_RECORD_SQL, counter::addRow, record.wireName());
                }
            }
            if (types.contains(FeedRecord.STANDARD)) {
                transaction.queryEach(FETCH_SIZE, OF_RECORD_SQL, counter::addRow, FeedRecord.STANDARD.wireName());
            }
            return counter.toCount();
        });
    }

    /** Numbers while they are counted. */
    private final class ScopeCounter {
        private final FeedScope scope;
        private final int maxExamples;
        private final Map<String, Long> counts = new TreeMap<>();
        private final List<ScopedRecord> examples = new ArrayList<>();
        /** Those of the counted recognitions. */
        private final Set<String> standards = new HashSet<>();

        private long read;

        ScopeCounter(FeedScope scope, int maxExamples) {
            this.scope = scope;
            this.maxExamples = maxExamples;
        }

        void addRow(ResultSet row) throws SQLException {
            read++;
            boolean isStandard = row.getString("record").equals(FeedRecord.STANDARD.wireName());
            if (isStandard && !standards.contains(row.getString("outside_id"))) {
                return;
            }
            Optional<ScopedRecord> visible = mapVisible(row, scope);
            String parent = row.getString("parent_id");
            if (visible.isPresent()) {
                counts.merge(visible.get().record().wireName(), 1L, Long::sum);
                if (examples.size() < maxExamples) {
                    examples.add(visible.get());
                }
                if (parent != null) {
                    standards.add(parent);
                }
            }
        }

        ScopeCount toCount() {
            return new ScopeCount(counts, examples, read);
        }
    }

    /**
     * Returns the outside ids of the next records that a reader of all events of a feed holds, in order.
     *
     * @param after outside id of the last record of the page before; empty for the first page
     */
    public List<String> readHeldIds(String feed, String after, int limit) {
        return database.query(
                "select outside_id from feed_record where feed = ? and outside_id > ? order by outside_id limit ?",
                row -> row.getString(1),
                feed,
                after,
                limit);
    }

    /** Returns those of the outside ids whose records a reader of all events of a feed holds. */
    public List<String> findHeldIds(String feed, Collection<String> outsideIds) {
        return database.query(
                "select outside_id from feed_record where feed = ? and outside_id = any (?)",
                row -> row.getString(1),
                feed,
                SqlArray.ofTexts(outsideIds));
    }

    /** Returns those of the records that are visible now, by outside id. */
    public List<ScopedRecord> readRecords(List<String> outsideIds, FeedScope scope) {
        return database
                .query(
                        SELECT_SQL + " and s.outside_id = any (?) order by s.outside_id",
                        row -> mapVisible(row, scope),
                        new SqlArray("text", outsideIds.toArray()))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<ScopedRecord> mapVisible(ResultSet row, FeedScope scope) throws SQLException {
        FeedRecord record = FeedRecord.of(row.getString("record"));
        String outsideId = row.getString("outside_id");
        String parentId = row.getString("parent_id");
        JsonNode parent = readJson(row.getString("parent_state"));
        if (record == FeedRecord.RECOGNITION && parent == null) {
            return Optional.empty();
        }
        JsonNode state = java.util.Objects.requireNonNull(readJson(row.getString("state")), "a state");
        return scope.visibleFields(RecordDimensions.of(record, row.getString("province"), state, parent))
                .map(fields -> new ScopedRecord(
                        record.wireName() + "/" + outsideId,
                        record,
                        outsideId,
                        OutsideState.of(record, state, fields, parentId)));
    }

    private @Nullable JsonNode readJson(@Nullable String text) {
        try {
            return text == null ? null : mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the JSON that was stored", e);
        }
    }
}
