package org.voyage.feeds.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
class ScopedRecordReader {

    private static final int FETCH_SIZE = 1000;

    private static final String SELECT_SQL = """
            select s.outside_id, s.record, s.province, s.state, s.parent_id, p.state as parent_state
              from record_state s
              left join record_state p on p.outside_id = s.parent_id
             where s.state is not null""";

    private final JdbcClient database;
    private final ObjectMapper mapper;

    ScopedRecordReader(DataSource dataSource, ObjectMapper mapper) {
        this.database = new JdbcClient(dataSource);
        this.mapper = mapper;
    }

    /** Visible record. @param name {@code record/outsideId} */
    record ScopedRecord(String name, FeedRecord record, String outsideId, ObjectNode state) {}

    /** Number of records in scope by type, and the first of them. */
    record ScopeCount(Map<String, Long> counts, List<ScopedRecord> examples) {}

    /** Counts the records in a scope; a standard counts while one of its recognitions does. */
    ScopeCount countRecords(FeedScope scope, int maxExamples) {
        Map<String, Long> counts = new TreeMap<>();
        List<ScopedRecord> examples = new ArrayList<>();
        Set<String> standards = new HashSet<>();
        for (FeedRecord record : FeedRecord.values()) {
            if (record != FeedRecord.STANDARD) {
                countRecords(record, scope, standards, counts, examples, maxExamples);
            }
        }
        countRecords(FeedRecord.STANDARD, scope, standards, counts, examples, maxExamples);
        return new ScopeCount(counts, examples);
    }

    private void countRecords(
            FeedRecord record,
            FeedScope scope,
            Set<String> standards,
            Map<String, Long> counts,
            List<ScopedRecord> examples,
            int maxExamples) {
        database.queryEach(
                FETCH_SIZE,
                SELECT_SQL + " and s.record = ?",
                row -> {
                    Optional<ScopedRecord> visible =
                            record == FeedRecord.STANDARD && !standards.contains(row.getString("outside_id"))
                                    ? Optional.empty()
                                    : mapVisible(row, scope);
                    visible.ifPresent(each -> {
                        counts.merge(record.wireName(), 1L, Long::sum);
                        if (examples.size() < maxExamples) {
                            examples.add(each);
                        }
                    });
                    String parent = row.getString("parent_id");
                    if (visible.isPresent() && parent != null) {
                        standards.add(parent);
                    }
                },
                record.wireName());
    }

    /** Returns those of the records that are visible now, by outside id. */
    List<ScopedRecord> readRecords(List<String> outsideIds, FeedScope scope) {
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
