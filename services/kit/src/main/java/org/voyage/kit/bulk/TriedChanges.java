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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.TriedEvents;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/**
 * The records that a dry run would change, with what waited for them, one JSON object a line: {@code
 * {"record":"overseas-school","province":"12","sourceId":"A-1","change":"created","after":{…}}}, {@code after} null for
 * one that would be withdrawn. They are what the events would have said, so there is nothing of a person in them. The
 * previews of figures take them as they are.
 */
@ApplicationScoped
class TriedChanges {

    static final Duration KEPT = Duration.ofDays(1);
    private static final int PAGE = 200;

    private final DataSource dataSource;
    private final TriedEvents tried;
    private final BulkConfig config;

    TriedChanges(DataSource dataSource, TriedEvents tried, BulkConfig config) {
        this.dataSource = dataSource;
        this.tried = tried;
        this.config = config;
    }

    /** What the caller's transaction would have told since this was asked last. */
    List<String> take() {
        return tried.take().stream().map(TriedChanges::line).toList();
    }

    private static String line(OutgoingEvent event) {
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

    /** Forgets, in the caller's transaction, what the province's dry runs of other days would have changed. */
    void forgetOld() {
        run("delete from batch_change where kept_at < now() - make_interval(secs => ?)", statement -> {
            statement.setDouble(1, KEPT.plus(config.fileTimeout()).toSeconds());
            statement.executeUpdate();
        });
    }

    /**
     * Keeps lines in the caller's transaction; one more than may be shown, and no further ones.
     *
     * @param before how many were handed over before
     */
    void keep(UUID batch, List<String> lines, long before) {
        long room = config.changes() + 1L - before;
        String[] kept = lines.stream().limit(Math.max(0, room)).toArray(String[]::new);
        if (kept.length > 0) {
            run(
                    "insert into batch_change (batch_id, line)"
                            + " select ?, line from unnest(?::text[]) with ordinality l (line, n) order by n",
                    statement -> {
                        statement.setObject(1, batch);
                        statement.setArray(2, statement.getConnection().createArrayOf("text", kept));
                        statement.executeUpdate();
                    });
        }
    }

    /**
     * The changes of a batch as a whole.
     *
     * @throws Refusal.Conflict if it is no dry run, not at its end, too long ago, or changes too much
     */
    Response.ResponseBuilder answer(Batch batch, Instant now) {
        if (!batch.dryRun) {
            throw conflict(
                    "no-dry-run", "Only a dry run says what would change; its records have changed.", "该批次不是试运行。");
        }
        if (batch.state != BatchState.DONE || batch.finishedAt == null) {
            throw conflict("dry-run-not-done", "The dry run has not come to its end.", "试运行尚未正常结束。");
        }
        if (batch.finishedAt.isBefore(now.minus(KEPT))) {
            throw conflict(
                    "changes-forgotten",
                    "What a dry run would change is kept for a day; try the file again.",
                    "试运行的拟变更内容仅保留一天，请重新试运行。");
        }
        if (count(batch.id) > config.changes()) {
            throw conflict(
                    "too-many-changes",
                    "The dry run would change more than " + config.changes() + " records; try the file in parts.",
                    "拟变更的记录超过 " + config.changes() + " 条，请将文件拆分后再试运行。");
        }
        return Response.ok((StreamingOutput) out -> write(batch, out), BatchFormat.NDJSON_TYPE);
    }

    private static Refusal conflict(String rule, String detail, String detailZh) {
        return new Refusal.Conflict(new Finding("", rule, detail, detailZh));
    }

    /** Writes the changes that would be stored: of mode all none if a row is refused. */
    private void write(Batch batch, OutputStream out) throws IOException {
        if (batch.mode == BatchMode.ALL && batch.refused > 0) {
            return;
        }
        long after = Long.MIN_VALUE;
        List<Line> page;
        do {
            page = lines(batch.id, after, PAGE);
            for (Line line : page) {
                out.write((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
                after = line.place();
            }
        } while (page.size() == PAGE);
    }

    private record Line(long place, String text) {}

    private List<Line> lines(UUID batch, long after, int limit) {
        List<Line> lines = new ArrayList<>();
        run(
                "select place, line from batch_change where batch_id = ? and place > ? order by place limit ?",
                statement -> {
                    statement.setObject(1, batch);
                    statement.setLong(2, after);
                    statement.setInt(3, limit);
                    try (ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            lines.add(new Line(row.getLong(1), row.getString(2)));
                        }
                    }
                });
        return lines;
    }

    private long count(UUID batch) {
        long[] count = {0};
        run("select count(*) from batch_change where batch_id = ?", statement -> {
            statement.setObject(1, batch);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                count[0] = row.getLong(1);
            }
        });
        return count[0];
    }

    private interface Work {
        void with(PreparedStatement statement) throws SQLException;
    }

    private void run(String sql, Work work) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            work.with(statement);
        } catch (SQLException e) {
            throw new BatchStoreFailure(e);
        }
    }
}
