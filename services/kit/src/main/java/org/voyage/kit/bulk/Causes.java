package org.voyage.kit.bulk;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Quoted;

/**
 * Collapses the findings of a batch to what causes them: the same rule at the same place for the same value. How many
 * rows each has is counted in the database, chunk by chunk; held here are only the first {@value #VALUES} values of each
 * rule, further ones are counted together. Values that are hidden are told apart here only: in the database each of the
 * first {@value #HIDDEN_VALUES} has a mark that says nothing of it, further ones are one if the same is told of them. A
 * batch that goes on after a crash knows none of them and gives new marks.
 */
final class Causes {
    private static final int VALUES = 200;
    private static final int HIDDEN_VALUES = 50;
    private static final int PLACES = 500;
    private static final Pattern NUMBERS = Pattern.compile("/[0-9]+(?=/|$)");

    /** The values by place, each as it is stored. */
    private final Map<String, Map<String, String>> values = new HashMap<>();

    /**
     * @param refuses whether it refuses rows or only warns
     * @param pointer of the place, with {@code *} for the numbers of items
     * @param value the value that breaks the rule, as the finding shows it, or the mark of one that is hidden; empty if it
     *     shows none or there are too many
     */
    record Key(boolean refuses, String rule, String pointer, String value) {}

    /** Rows of one chunk with a cause; the rest is of the first of them. */
    record Count(
            Key key, long rows, long firstRow, @Nullable String sourceId, Finding finding) {}

    /** A batch that goes on knows what it has counted. */
    void known(Key key) {
        values.computeIfAbsent(key.refuses + key.rule + key.pointer, place -> new HashMap<>())
                .put(key.value, key.value);
    }

    /** The value of a stored cause for its sender; null if it has none. */
    static @Nullable String told(String value, String detail) {
        if (value.isEmpty()) {
            return null;
        }
        return Quoted.first(detail).equals(Quoted.HIDDEN) ? Quoted.HIDDEN : value;
    }

    /** The causes of a chunk's findings. */
    Collection<Count> of(Chunk chunk, List<RowOutcome> outcomes, RowKeeper keeper) {
        var counts = new LinkedHashMap<Key, Count>();
        for (int i = 0; i < outcomes.size(); i++) {
            var row = chunk.rows().get(i);
            switch (outcomes.get(i)) {
                case RowOutcome.Refused refused -> count(counts, row, true, refused.findings(), keeper);
                case RowOutcome.Stored stored
                when !stored.warnings().isEmpty() -> count(counts, row, false, stored.warnings(), keeper);
                case RowOutcome.Stored _ -> {}
            }
        }
        return counts.values();
    }

    private void count(Map<Key, Count> counts, ReadRow row, boolean refuses, List<Finding> findings, RowKeeper keeper) {
        var ofThisRow = new HashSet<Key>();
        var told = keeper.findings(row, findings);
        for (int i = 0; i < told.size(); i++) {
            var key = key(refuses, told.get(i), findings.get(i), row.number());
            var finding = told.get(i);
            if (ofThisRow.add(key)) {
                counts.compute(
                        key,
                        (_, sofar) -> sofar == null
                                ? new Count(key, 1, row.number(), keeper.sourceId(row, findings), finding)
                                : new Count(key, sofar.rows + 1, sofar.firstRow, sofar.sourceId, sofar.finding));
            }
        }
    }

    /** What a warning about the file as a whole counts as: it has no first row. */
    Count of(BatchWarning warning) {
        return new Count(key(false, warning.finding()), warning.rows(), 0, null, warning.finding());
    }

    /** What the warning of some rows counts as, by their numbers. */
    Count of(SortedMap<Long, RowWarning> warnings) {
        var first = warnings.firstEntry().getValue();
        return new Count(
                key(false, first.finding()), warnings.size(), warnings.firstKey(), first.sourceId(), first.finding());
    }

    /** What refuses a file as a whole counts as: it is about no row. */
    Count ofTheFile(Finding finding) {
        return new Count(key(true, finding), 0, 0, null, finding);
    }

    private Key key(boolean refuses, Finding finding) {
        return key(refuses, finding, finding, 0);
    }

    /**
     * @param told the finding as it may be stored
     * @param found as it was found
     */
    private Key key(boolean refuses, Finding told, Finding found, long row) {
        var pointer = NUMBERS.matcher(told.pointer()).replaceAll("/*");
        var place = refuses + told.rule() + pointer;
        if (!values.containsKey(place) && values.size() >= PLACES) {
            // A sender's own property names may be endless.
            return new Key(refuses, told.rule(), "", "");
        }
        var seen = values.computeIfAbsent(place, one -> new HashMap<>());
        var value = Quoted.first(found.detail());
        boolean hidden = !Quoted.first(told.detail()).equals(value);
        if (hidden && !seen.containsKey(value) && seen.size() >= HIDDEN_VALUES) {
            value = told.detail();
        }
        if (!seen.containsKey(value) && seen.size() >= VALUES) {
            return new Key(refuses, told.rule(), pointer, "");
        }
        // With the row it is none that an earlier life of the batch has given.
        var mark = Quoted.HIDDEN + " " + row + " " + seen.size();
        var stored = seen.computeIfAbsent(value, one -> hidden ? mark : one.replace('\0', '\uFFFD'));
        return new Key(refuses, told.rule(), pointer, stored);
    }
}
