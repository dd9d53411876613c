package org.voyage.kit.bulk.outcome;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.format.Chunk;
import org.voyage.kit.bulk.format.ParsedRow;
import org.voyage.kit.bulk.format.RowRedactor;
import org.voyage.kit.privacy.RepeatedInputValues;
import org.voyage.kit.problem.Finding;

/**
 * Counter of the causes of a batch's findings: the same rule at the same place for the same value. The database counts
 * the rows of each cause, chunk by chunk. The counter holds only the first {@value #MAX_VALUES} values of each rule;
 * further values are counted together. Only the counter distinguishes hidden values. In the database each of the first
 * {@value #MAX_HIDDEN_VALUES} has an opaque mark, and further ones with the same finding are one cause. A batch that
 * continues after a crash has lost the marks and gives new ones.
 */
public final class RefusalCauseCounter {
    private static final int MAX_VALUES = 200;
    private static final int MAX_HIDDEN_VALUES = 50;
    private static final int MAX_POINTERS = 500;
    private static final Pattern POINTER_NUMBERS = Pattern.compile("/[0-9]+(?=/|$)");

    /** The values by place, each as it is stored. */
    private final Map<String, Map<String, String>> values = new HashMap<>();

    /**
     * @param refuses whether the cause refuses rows or only warns
     * @param pointer of the place, with {@code *} for the numbers of items
     * @param value the value that breaks the rule, as the finding shows it, or the mark of a hidden one; empty if it
     *     shows none or there are too many
     */
    public record CauseKey(boolean refuses, String rule, String pointer, String value) {}

    /** Number of rows of one chunk with a cause; the other components describe the first of them. */
    public record CauseCount(
            CauseKey key,
            long rows,
            long firstRow,
            @Nullable String sourceId,
            Finding finding) {}

    /** Adds a cause that a continued batch has counted already. */
    public void addCounted(CauseKey key) {
        values.computeIfAbsent(key.refuses + key.rule + key.pointer, place -> new HashMap<>())
                .put(key.value, key.value);
    }

    /** Returns the value of a stored cause for its sender; null if it has none. */
    static @Nullable public String valueForSender(String value, String detail) {
        if (value.isEmpty()) {
            return null;
        }
        return RepeatedInputValues.firstQuoted(detail).equals(RepeatedInputValues.REDACTED)
                ? RepeatedInputValues.REDACTED
                : value;
    }

    /** Returns the causes of a chunk's findings. */
    public Collection<CauseCount> countCauses(Chunk chunk, List<RowOutcome> outcomes, RowRedactor keeper) {
        var counts = new LinkedHashMap<CauseKey, CauseCount>();
        for (int i = 0; i < outcomes.size(); i++) {
            var row = chunk.rows().get(i);
            switch (outcomes.get(i)) {
                case RowOutcome.RefusedRowOutcome refused ->
                    countFindings(counts, row, true, refused.findings(), keeper);
                case RowOutcome.StoredRowOutcome stored
                when !stored.warnings().isEmpty() -> countFindings(counts, row, false, stored.warnings(), keeper);
                case RowOutcome.StoredRowOutcome _ -> {}
            }
        }
        return counts.values();
    }

    private void countFindings(
            Map<CauseKey, CauseCount> counts,
            ParsedRow row,
            boolean refuses,
            List<Finding> findings,
            RowRedactor keeper) {
        var ofThisRow = new HashSet<CauseKey>();
        var told = keeper.redactFindings(row, findings);
        for (int i = 0; i < told.size(); i++) {
            var key = toKey(refuses, told.get(i), findings.get(i), row.number());
            var finding = told.get(i);
            if (ofThisRow.add(key)) {
                counts.compute(
                        key,
                        (_, sofar) -> sofar == null
                                ? new CauseCount(key, 1, row.number(), keeper.sourceId(row, findings), finding)
                                : new CauseCount(key, sofar.rows + 1, sofar.firstRow, sofar.sourceId, sofar.finding));
            }
        }
    }

    /** Returns the count of a warning about the file as a whole, which has no first row. */
    public CauseCount toCount(BatchWarning warning) {
        return new CauseCount(toKey(false, warning.finding()), warning.rows(), 0, null, warning.finding());
    }

    /** Returns the count of the warnings of some rows, by their numbers. */
    public CauseCount toCount(SortedMap<Long, RowWarning> warnings) {
        var first = warnings.firstEntry().getValue();
        return new CauseCount(
                toKey(false, first.finding()), warnings.size(), warnings.firstKey(), first.sourceId(), first.finding());
    }

    /** Returns the count of a refusal of the file as a whole, which concerns no row. */
    public CauseCount toFileCount(Finding finding) {
        return new CauseCount(toKey(true, finding), 0, 0, null, finding);
    }

    private CauseKey toKey(boolean refuses, Finding finding) {
        return toKey(refuses, finding, finding, 0);
    }

    /**
     * Returns the key of a cause from the finding as it may be stored.
     *
     * @param found the original finding
     */
    private CauseKey toKey(boolean refuses, Finding told, Finding found, long row) {
        var pointer = POINTER_NUMBERS.matcher(told.pointer()).replaceAll("/*");
        var place = refuses + told.rule() + pointer;
        if (!values.containsKey(place) && values.size() >= MAX_POINTERS) {
            // The number of a sender's own property names may be unlimited.
            return new CauseKey(refuses, told.rule(), "", "");
        }
        var seen = values.computeIfAbsent(place, one -> new HashMap<>());
        var value = RepeatedInputValues.firstQuoted(found.detail());
        boolean hidden = !RepeatedInputValues.firstQuoted(told.detail()).equals(value);
        if (hidden && !seen.containsKey(value) && seen.size() >= MAX_HIDDEN_VALUES) {
            value = told.detail();
        }
        if (!seen.containsKey(value) && seen.size() >= MAX_VALUES) {
            return new CauseKey(refuses, told.rule(), pointer, "");
        }
        // The row makes the mark different from those of an earlier attempt at the batch.
        var mark = RepeatedInputValues.REDACTED + " " + row + " " + seen.size();
        var stored = seen.computeIfAbsent(value, one -> hidden ? mark : one.replace('\0', '\uFFFD'));
        return new CauseKey(refuses, told.rule(), pointer, stored);
    }
}
