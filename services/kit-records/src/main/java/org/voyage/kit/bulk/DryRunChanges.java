package org.voyage.kit.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.voyage.kit.bulk.format.BatchFormat;
import org.voyage.kit.bulk.format.FindingsJson;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.outbox.DryRunEvents;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * The records that a dry run would change, with the parked rows that it would apply, one JSON object a line: {@code
 * {"record":"overseas-school","province":"12","sourceId":"A-1","change":"created","after":{…}}}. {@code after} is null
 * for a withdrawal. The lines have the content of the events and therefore no personal data. The previews of figures
 * read them.
 */
@ApplicationScoped
class DryRunChanges {

    /** Changed records that a dry run returns; previews of figures take as many. */
    private static final int MAX_CHANGES = 20_000;

    static final Duration CHANGES_RETENTION = Duration.ofDays(1);
    private static final int PAGE_SIZE = 200;

    private final JdbcClient database;
    private final DryRunEvents tried;

    DryRunChanges(DataSource dataSource, DryRunEvents tried) {
        this.database = new JdbcClient(dataSource);
        this.tried = tried;
    }

    /** Returns the events that the caller's transaction would have published since the last call, as lines. */
    List<String> takeLines() {
        return tried.takeEvents().stream().map(DryRunChanges::toLine).toList();
    }

    private static String toLine(OutgoingEvent event) {
        try {
            JsonNode data = FindingsJson.MAPPER.readTree(event.data());
            ObjectNode line = JsonNodeFactory.instance
                    .objectNode()
                    .put("record", event.topic().substring(event.topic().indexOf('.') + 1));
            for (String name : List.of("province", "sourceId", "change", "after")) {
                line.set(name, data.get(name));
            }
            return line.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes, in the caller's transaction, the changes of the province's dry runs of earlier days. */
    void deleteExpired() {
        database.update("delete from batch_change where kept_at < now() - make_interval(secs => ?)", (double)
                CHANGES_RETENTION.plus(BatchProcessor.DRY_RUN_TIMEOUT).toSeconds());
    }

    /**
     * Stores lines in the caller's transaction: one more than may be shown, and no further ones.
     *
     * @param before number of lines before these
     */
    void saveLines(UUID batch, List<String> lines, long before) {
        long room = MAX_CHANGES + 1L - before;
        List<String> kept = lines.stream().limit(Math.max(0, room)).toList();
        if (!kept.isEmpty()) {
            database.update(
                    "insert into batch_change (batch_id, line)"
                            + " select ?, line from unnest(?::text[]) with ordinality l (line, n) order by n",
                    batch,
                    SqlArray.ofTexts(kept));
        }
    }

    /**
     * Returns the changes of a batch as a whole.
     *
     * @throws Refusal.Conflict if the batch is no dry run, not finished, too old, or changes too much
     */
    Response.ResponseBuilder toResponse(Batch batch) {
        if (!batch.dryRun) {
            throw conflictOf(
                    "no-dry-run", "Only a dry run says what would change; its records have changed.", "该批次不是试运行。");
        }
        if (batch.state != BatchState.DONE || batch.finishedAt == null) {
            throw conflictOf("dry-run-not-done", "The dry run has not finished.", "试运行尚未正常结束。");
        }
        Instant now = database.queryOne("select clock_timestamp()", row -> RowMapper.readInstant(row, 1));
        if (batch.finishedAt.isBefore(now.minus(CHANGES_RETENTION))) {
            throw conflictOf(
                    "changes-forgotten",
                    "What a dry run would change is kept for a day; try the file again.",
                    "试运行的拟变更内容仅保留一天，请重新试运行。");
        }
        long changes = database.queryOne(
                "select count(*) from batch_change where batch_id = ?", row -> row.getLong(1), batch.id);
        if (changes > MAX_CHANGES) {
            throw conflictOf(
                    "too-many-changes",
                    "The dry run would change more than " + MAX_CHANGES + " records; try the file in parts.",
                    "拟变更的记录超过 " + MAX_CHANGES + " 条，请将文件拆分后再试运行。");
        }
        return Response.ok((StreamingOutput) out -> writeChanges(batch, out), BatchFormat.NDJSON_TYPE);
    }

    private static Refusal conflictOf(String rule, String detail, String detailZh) {
        return new Refusal.Conflict(new Finding("", rule, detail, detailZh));
    }

    /** Writes the changes that would be stored; none in mode all if a row is refused. */
    private void writeChanges(Batch batch, OutputStream out) throws IOException {
        if (batch.mode == BatchMode.ALL && batch.refused > 0) {
            return;
        }
        long after = Long.MIN_VALUE;
        List<DryRunLine> page;
        do {
            page = findLines(batch.id, after, PAGE_SIZE);
            for (DryRunLine line : page) {
                out.write((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
                after = line.number();
            }
        } while (page.size() == PAGE_SIZE);
    }

    private record DryRunLine(long number, String text) {}

    private List<DryRunLine> findLines(UUID batch, long after, int limit) {
        return database.query(
                "select place, line from batch_change where batch_id = ? and place > ? order by place limit ?",
                row -> new DryRunLine(row.getLong(1), row.getString(2)),
                batch,
                after,
                limit);
    }
}
