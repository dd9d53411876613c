package org.voyage.kit.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.UUID;
import org.voyage.kit.bulk.format.FindingsJson;
import org.voyage.kit.bulk.outcome.RowOutcome;

/**
 * Writer of the outcome of every row, one JSON object a line: {@code
 * {"row":1,"outcome":"created","line":2,"sourceId":"A-1"}}. A corrected row of a dry run has its {@code changes}. A
 * real run omits them, because the record's history has them and a million rows stay short. With a filter only the rows of
 * some outcomes are written.
 */
final class RowOutcomesWriter {
    private static final int PAGE_SIZE = 20;

    private final UUID batch;
    private final long after;
    private final long limit;
    private final String wanted;
    private final BatchQueries queries;
    private long written;

    /**
     * @param after number of the row behind which it begins
     * @param limit maximum number of rows
     * @param wanted letters of the outcomes; empty for all
     */
    RowOutcomesWriter(UUID batch, long after, long limit, String wanted, BatchQueries queries) {
        this.batch = batch;
        this.after = after;
        this.limit = limit;
        this.wanted = wanted;
        this.queries = queries;
    }

    void writeTo(OutputStream out) throws IOException {
        long from = after + 1;
        while (written < limit) {
            var page = queries.findOutcomes(batch, from, wanted, PAGE_SIZE);
            for (var outcomes : page) {
                if (written < limit) {
                    writePage(out, outcomes, from);
                }
                from = outcomes.firstRow() + outcomes.letters().length();
            }
            if (page.size() < PAGE_SIZE) {
                return;
            }
        }
    }

    /** Writes those of the wanted rows of a chunk that are at or after {@code from}. */
    private void writePage(OutputStream out, BatchQueries.OutcomePage outcomes, long from) throws IOException {
        var refused = new HashMap<Long, BatchQueries.StoredRefusedRow>();
        if (outcomes.letters().indexOf(RowOutcome.RefusedRowOutcome.REFUSED_LETTER) >= 0) {
            // Refusals of later rows may come along; they are looked up again in their turn.
            for (var row : queries.findRefusalReasons(
                    batch, outcomes.firstRow() - 1, outcomes.letters().length())) {
                refused.put(row.number(), row);
            }
        }
        var details = new HashMap<Long, BatchQueries.RowDetail>();
        for (var detail : queries.findDetails(
                batch, outcomes.firstRow(), outcomes.letters().length())) {
            details.put(detail.number(), detail);
        }
        var lines = new StringBuilder();
        for (int i = 0; i < outcomes.letters().length() && written < limit; i++) {
            long number = outcomes.firstRow() + i;
            if (number < from || !isWanted(outcomes.letters().charAt(i))) {
                continue;
            }
            written++;
            var line = JsonNodeFactory.instance
                    .objectNode()
                    .put("row", number)
                    .put("outcome", RowOutcome.wordOf(outcomes.letters().charAt(i)));
            var why = refused.get(number);
            var place = why == null ? outcomes.lineAt(i) : Long.valueOf(why.line());
            if (place != null) {
                line.put("line", place);
            }
            var key = outcomes.sourceIdAt(i);
            if (key != null) {
                line.put("sourceId", key);
            }
            if (why != null) {
                line.set("errors", FindingsJson.MAPPER.valueToTree(why.findings()));
            }
            var detail = details.get(number);
            if (detail != null) {
                addJson(line, "changes", detail.changes());
                addJson(line, "warnings", detail.warnings());
            }
            lines.append(line).append('\n');
        }
        out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isWanted(char letter) {
        return wanted.isEmpty() || wanted.indexOf(letter) >= 0;
    }

    private static void addJson(ObjectNode line, String name, String json) throws IOException {
        var list = FindingsJson.MAPPER.readTree(json);
        if (!list.isEmpty()) {
            line.set(name, list);
        }
    }
}
