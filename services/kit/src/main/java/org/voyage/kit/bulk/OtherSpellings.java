package org.voyage.kit.bulk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.voyage.kit.web.Finding;

/** Tells a row whose key an earlier one of its file has spelt otherwise which that is: the two would be two records. */
final class OtherSpellings {

    private final UUID batch;
    private final BatchReader reader;
    private final RowKeeper keeper;

    OtherSpellings(UUID batch, BatchReader reader, RowKeeper keeper) {
        this.batch = batch;
        this.reader = reader;
        this.keeper = keeper;
    }

    /** The rows of a chunk that can be read. Those before it have their outcomes, which say where they stand. */
    List<Row> told(Chunk chunk) {
        Map<Long, BatchReader.Place> places = places(chunk);
        List<Row> rows = new ArrayList<>(chunk.rows().size());
        for (ReadRow read : chunk.rows()) {
            Row row = read.row();
            if (row != null) {
                BatchReader.Place other = places.get(read.spelt());
                rows.add(other == null || row.sourceId().equals(other.sourceId()) ? row : row.odd(alike(other)));
            }
        }
        return rows;
    }

    private Map<Long, BatchReader.Place> places(Chunk chunk) {
        Map<Long, BatchReader.Place> places = new HashMap<>();
        List<Long> before = new ArrayList<>();
        for (ReadRow row : chunk.rows()) {
            if (row.spelt() >= chunk.firstRow()) {
                ReadRow other = chunk.rows().get(Math.toIntExact(row.spelt() - chunk.firstRow()));
                String key = keeper.sourceId(other, List.of());
                places.put(other.number(), new BatchReader.Place(other.number(), other.line(), key));
            } else if (row.spelt() > 0) {
                before.add(row.spelt());
            }
        }
        if (!before.isEmpty()) {
            reader.places(batch, before).forEach(place -> places.put(place.row(), place));
        }
        return places;
    }

    /** Without quotes around the key: of a file with persons nothing quoted is repeated. */
    private static Finding alike(BatchReader.Place other) {
        String key = other.sourceId();
        return Finding.field(
                Row.SOURCE_ID,
                "key-alike",
                "Line " + other.line() + " has " + (key == null ? "another key" : "the key " + key)
                        + ": it differs in capitals, dashes, blanks or leading zeros only, and makes another record.",
                "第 " + other.line() + " 行的记录编号" + (key == null ? "" : " " + key + " ")
                        + "与本行仅在大小写、连接符、空格或前导零上不同，两行为两条记录。");
    }
}
