package org.voyage.kit.bulk;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Quoted;

/**
 * Collapses the findings of a batch to what causes them: the same rule at the same place for the same value. How many
 * rows each has is counted in the database, chunk by chunk; held here are only the first {@value #VALUES} values of each
 * rule, further ones are counted together.
 */
final class Causes {
    private static final int VALUES = 200;
    private static final int PLACES = 500;
    private static final Pattern NUMBERS = Pattern.compile("/[0-9]+(?=/|$)");

    private final Map<String, Set<String>> values = new HashMap<>();

    /**
     * @param refuses whether it refuses rows or only warns
     * @param pointer of the place, with {@code *} for the numbers of items
     * @param value the value that breaks the rule, as the finding shows it; empty if it shows none or there are too many
     */
    record Key(boolean refuses, String rule, String pointer, String value) {}

    /** Rows of one chunk with a cause; the rest is of the first of them. */
    record Count(
            Key key, long rows, long firstRow, @Nullable String sourceId, Finding finding) {}

    /** A batch that goes on knows what it has counted. */
    void known(Key key) {
        values.computeIfAbsent(key.refuses + key.rule + key.pointer, place -> new HashSet<>())
                .add(key.value);
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
        for (var finding : keeper.findings(row, findings)) {
            var key = key(refuses, finding);
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
        var pointer = NUMBERS.matcher(finding.pointer()).replaceAll("/*");
        var value = Quoted.first(finding.detail()).replace('\0', '\uFFFD');
        var place = refuses + finding.rule() + pointer;
        if (!values.containsKey(place) && values.size() >= PLACES) {
            // A sender's own property names may be endless.
            pointer = "";
            place = refuses + finding.rule();
            value = "";
        }
        var seen = values.computeIfAbsent(place, one -> new HashSet<>());
        if (!seen.contains(value) && seen.size() >= VALUES) {
            value = "";
        } else {
            seen.add(value);
        }
        return new Key(refuses, finding.rule(), pointer, value);
    }
}
