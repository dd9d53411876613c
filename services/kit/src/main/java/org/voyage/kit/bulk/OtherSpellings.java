package org.voyage.kit.bulk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Finding;

/**
 * Tells a row whose key an earlier one of its file, or one that is stored, has spelt otherwise which that is: the two would
 * be two records. Also which row a refused one contradicts.
 */
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
                BatchReader.Place other = again(read) ? null : places.get(read.spelt());
                rows.add(other == null || row.sourceId().equals(other.sourceId()) ? row : row.odd(alike(other)));
            }
        }
        return rows;
    }

    /** Whether the file has made a record that another may be. */
    boolean any() {
        return reader.find(batch) instanceof Batch its && its.created > 0;
    }

    /**
     * The rows that have made a record beside one that stands, for whose key theirs may be meant. A stored key that the file
     * has too was told while its rows were handled.
     *
     * @param standing those of keys whose records stand
     */
    SortedMap<Long, RowWarning> beside(List<String> stored, KeysOfFile file, UnaryOperator<Set<String>> standing) {
        Map<String, Long> alike = new TreeMap<>();
        for (String key : stored) {
            long row = file.has(key) ? 0 : file.alike(key);
            if (row > 0) {
                alike.put(key, row);
            }
        }
        SortedMap<Long, RowWarning> warnings = new TreeMap<>();
        if (alike.isEmpty()) {
            return warnings;
        }
        Map<Long, BatchReader.Place> created = reader.created(batch, Set.copyOf(alike.values())).stream()
                .collect(Collectors.toMap(BatchReader.Place::row, place -> place));
        alike.values().retainAll(created.keySet());
        Set<String> beside = alike.isEmpty() ? Set.of() : standing.apply(alike.keySet());
        alike.forEach((key, number) -> {
            if (beside.contains(key)) {
                BatchReader.Place row = Objects.requireNonNull(created.get(number));
                String its = row.sourceId();
                warnings.putIfAbsent(
                        number,
                        its == null
                                ? new RowWarning(null, alikeStored(null))
                                : new RowWarning(keeper.beside(its), alikeStored(keeper.beside(key))));
            }
        });
        return warnings;
    }

    /**
     * What became of the rows of a chunk; one that contradicts an earlier one is told its line, if it is the
     * first that has the key, however it is written.
     */
    List<RowOutcome> withFirst(Chunk chunk, List<RowOutcome> outcomes) {
        Map<Integer, Long> firsts = new HashMap<>();
        for (int i = 0; i < outcomes.size(); i++) {
            ReadRow row = chunk.rows().get(i);
            if (again(row) && row.spelt() > 0 && outcomes.get(i) instanceof RowOutcome.Refused) {
                firsts.put(i, row.spelt());
            }
        }
        if (firsts.isEmpty()) {
            return outcomes;
        }
        Map<Long, BatchReader.Place> places = reader.taken(batch, Set.copyOf(firsts.values())).stream()
                .collect(Collectors.toMap(BatchReader.Place::row, place -> place));
        List<RowOutcome> told = new ArrayList<>(outcomes);
        firsts.forEach((i, number) -> {
            BatchReader.Place first = places.get(number);
            if (first != null
                    && Objects.equals(first.sourceId(), chunk.rows().get(i).sourceId())
                    && outcomes.get(i) instanceof RowOutcome.Refused(List<Finding> findings)) {
                told.set(
                        i,
                        RowOutcome.refused(findings.stream()
                                .map(its -> at(its, first.line()))
                                .toList()));
            }
        });
        return told;
    }

    private Map<Long, BatchReader.Place> places(Chunk chunk) {
        Map<Long, BatchReader.Place> places = new HashMap<>();
        List<Long> before = new ArrayList<>();
        for (ReadRow row : chunk.rows()) {
            if (again(row)) {
                continue;
            }
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

    private static boolean again(ReadRow row) {
        return row.row() != null && row.row().saidBefore();
    }

    private static Finding at(Finding finding, long line) {
        return finding.rule().equals("twice-in-file")
                ? new Finding(
                        finding.pointer(),
                        finding.rule(),
                        finding.detail() + " Line " + line + " has the same key.",
                        finding.detailZh() + "第 " + line + " 行为同一编号。")
                : finding;
    }

    private static Finding alikeStored(@Nullable String stored) {
        return Finding.field(
                Row.SOURCE_ID,
                "key-alike",
                (stored == null ? "The key of a stored record" : "The key " + stored + " of a stored record")
                        + " differs from this one in capitals, dashes, blanks or leading zeros only; this row makes another"
                        + " record.",
                "已有记录的编号" + (stored == null ? "" : " " + stored + " ") + "与本行编号仅在大小写、连接符、空格或前导零上不同，本行将另成一条记录。");
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
