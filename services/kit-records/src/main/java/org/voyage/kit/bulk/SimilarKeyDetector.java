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
import org.voyage.kit.bulk.format.Chunk;
import org.voyage.kit.bulk.format.FileKeyIndex;
import org.voyage.kit.bulk.format.ParsedRow;
import org.voyage.kit.bulk.format.RowRedactor;
import org.voyage.kit.bulk.format.SubmittedRow;
import org.voyage.kit.bulk.outcome.RowOutcome;
import org.voyage.kit.bulk.outcome.RowWarning;
import org.voyage.kit.problem.Finding;

/**
 * Detector of keys that differ only in spelling from an earlier row of the file or from a stored record. The warning
 * names that row or record, because the two keys would be two records. The detector also adds to a refused duplicate
 * the line of the row that it contradicts.
 */
final class SimilarKeyDetector {

    private final UUID batch;
    private final BatchQueries queries;
    private final RowRedactor keeper;

    SimilarKeyDetector(UUID batch, BatchQueries queries, RowRedactor keeper) {
        this.batch = batch;
        this.queries = queries;
        this.keeper = keeper;
    }

    /**
     * Returns the readable rows of a chunk with their warnings. The earlier rows have stored outcomes with their lines.
     */
    List<SubmittedRow> withSpellingWarnings(Chunk chunk) {
        Map<Long, BatchQueries.RowLocation> places = findLocations(chunk);
        List<SubmittedRow> rows = new ArrayList<>(chunk.rows().size());
        for (ParsedRow read : chunk.rows()) {
            SubmittedRow row = read.row();
            if (row != null) {
                BatchQueries.RowLocation other = repeatsKey(read) ? null : places.get(read.spelt());
                rows.add(
                        other == null || row.sourceId().equals(other.sourceId())
                                ? row
                                : row.withWarning(similarRow(other)));
            }
        }
        return rows;
    }

    /** Returns whether the file has created a record whose key may resemble another. */
    boolean hasNewKeys() {
        return queries.findBatch(batch) instanceof Batch its && its.created > 0;
    }

    /**
     * Returns the created rows whose key resembles that of an active record. The detector has already compared a stored
     * key that is also in the file.
     *
     * @param standing returns those of the keys whose records are active
     */
    SortedMap<Long, RowWarning> findSimilarStored(
            List<String> stored, FileKeyIndex file, UnaryOperator<Set<String>> standing) {
        Map<String, Long> alike = new TreeMap<>();
        for (String key : stored) {
            long row = file.contains(key) ? 0 : file.findSimilar(key);
            if (row > 0) {
                alike.put(key, row);
            }
        }
        SortedMap<Long, RowWarning> warnings = new TreeMap<>();
        if (alike.isEmpty()) {
            return warnings;
        }
        Map<Long, BatchQueries.RowLocation> created =
                queries.findCreatedRows(batch, Set.copyOf(alike.values())).stream()
                        .collect(Collectors.toMap(BatchQueries.RowLocation::row, place -> place));
        alike.values().retainAll(created.keySet());
        Set<String> beside = alike.isEmpty() ? Set.of() : standing.apply(alike.keySet());
        alike.forEach((key, number) -> {
            if (beside.contains(key)) {
                BatchQueries.RowLocation row = Objects.requireNonNull(created.get(number));
                String its = row.sourceId();
                warnings.putIfAbsent(
                        number,
                        its == null
                                ? new RowWarning(null, similarStoredKey(null))
                                : new RowWarning(keeper.redactedKey(its), similarStoredKey(keeper.redactedKey(key))));
            }
        });
        return warnings;
    }

    /**
     * Returns the outcomes of a chunk. A row that contradicts an earlier one gets the line of the first row with its
     * key, in any spelling.
     */
    List<RowOutcome> withFirstLines(Chunk chunk, List<RowOutcome> outcomes) {
        Map<Integer, Long> firsts = new HashMap<>();
        for (int i = 0; i < outcomes.size(); i++) {
            ParsedRow row = chunk.rows().get(i);
            if (repeatsKey(row) && row.spelt() > 0 && outcomes.get(i) instanceof RowOutcome.RefusedRowOutcome) {
                firsts.put(i, row.spelt());
            }
        }
        if (firsts.isEmpty()) {
            return outcomes;
        }
        Map<Long, BatchQueries.RowLocation> places =
                queries.findAcceptedRows(batch, Set.copyOf(firsts.values())).stream()
                        .collect(Collectors.toMap(BatchQueries.RowLocation::row, place -> place));
        List<RowOutcome> told = new ArrayList<>(outcomes);
        firsts.forEach((i, number) -> {
            BatchQueries.RowLocation first = places.get(number);
            if (first != null
                    && Objects.equals(first.sourceId(), chunk.rows().get(i).sourceId())
                    && outcomes.get(i) instanceof RowOutcome.RefusedRowOutcome(List<Finding> findings)) {
                told.set(
                        i,
                        RowOutcome.refused(findings.stream()
                                .map(its -> withLine(its, first.line()))
                                .toList()));
            }
        });
        return told;
    }

    private Map<Long, BatchQueries.RowLocation> findLocations(Chunk chunk) {
        Map<Long, BatchQueries.RowLocation> places = new HashMap<>();
        List<Long> before = new ArrayList<>();
        for (ParsedRow row : chunk.rows()) {
            if (repeatsKey(row)) {
                continue;
            }
            if (row.spelt() >= chunk.firstRow()) {
                ParsedRow other = chunk.rows().get(Math.toIntExact(row.spelt() - chunk.firstRow()));
                String key = keeper.sourceId(other, List.of());
                places.put(other.number(), new BatchQueries.RowLocation(other.number(), other.line(), key));
            } else if (row.spelt() > 0) {
                before.add(row.spelt());
            }
        }
        if (!before.isEmpty()) {
            queries.findRowLocations(batch, before).forEach(place -> places.put(place.row(), place));
        }
        return places;
    }

    private static boolean repeatsKey(ParsedRow row) {
        return row.row() != null && row.row().repeated();
    }

    private static Finding withLine(Finding finding, long line) {
        return finding.rule().equals("twice-in-file")
                ? new Finding(
                        finding.pointer(),
                        finding.rule(),
                        finding.detail() + " Line " + line + " has the same key.",
                        finding.detailZh() + "第 " + line + " 行为同一编号。")
                : finding;
    }

    private static Finding similarStoredKey(@Nullable String stored) {
        return Finding.field(
                SubmittedRow.SOURCE_ID,
                "key-alike",
                (stored == null ? "The key of a stored record" : "The key " + stored + " of a stored record")
                        + " differs from this one in capitals, dashes, blanks or leading zeros only; this row makes another"
                        + " record.",
                "已有记录的编号" + (stored == null ? "" : " " + stored + " ") + "与本行编号仅在大小写、连接符、空格或前导零上不同，本行将另成一条记录。");
    }

    /** Names the key without quotes, because a file with persons repeats no quoted value. */
    private static Finding similarRow(BatchQueries.RowLocation other) {
        String key = other.sourceId();
        return Finding.field(
                SubmittedRow.SOURCE_ID,
                "key-alike",
                "Line " + other.line() + " has " + (key == null ? "another key" : "the key " + key)
                        + ": it differs in capitals, dashes, blanks or leading zeros only, and makes another record.",
                "第 " + other.line() + " 行的记录编号" + (key == null ? "" : " " + key + " ")
                        + "与本行仅在大小写、连接符、空格或前导零上不同，两行为两条记录。");
    }
}
