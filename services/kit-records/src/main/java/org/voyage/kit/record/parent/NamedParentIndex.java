package org.voyage.kit.record.parent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.record.NamedRecord;

/** Index of the possible parents of a province by their keys and names, for a child that names its parent otherwise. */
final class NamedParentIndex {

    /** Maximum number of parents that are compared. */
    static final int MAX_PARENTS = 2_000;

    /** Maximum number of texts that are compared with every parent, because rows wait meanwhile. */
    private static final int MAX_COMPARED_TEXTS = 50;

    private final boolean complete;
    private final Set<String> keys = new HashSet<>();
    private final Map<String, List<NamedRecord>> byName = new HashMap<>();
    private final Map<NamedRecord, List<String>> words = new LinkedHashMap<>();
    private final Map<String, @Nullable NamedRecord> compared = new HashMap<>();

    NamedParentIndex(List<NamedRecord> parents) {
        complete = parents.size() < MAX_PARENTS;
        for (NamedRecord parent : parents) {
            String key = parent.key().sourceId();
            List<String> names = parent.names().stream()
                    .map(CellTextParser::fold)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .toList();
            keys.add(key);
            names.forEach(name -> byName.merge(name, List.of(parent), (one, other) -> List.of(one.getFirst(), parent)));
            words.put(
                    parent,
                    Stream.concat(Stream.of(CellTextParser.fold(key)), names.stream())
                            .toList());
        }
    }

    /**
     * Returns the only parent with this name, in any spacing, width and case. Null if a parent has the text as its key, or
     * there may be parents that are not in the index.
     */
    @Nullable
    NamedRecord findByName(String text) {
        if (keys.contains(text) || !complete) {
            return null;
        }
        List<NamedRecord> named = byName.getOrDefault(CellTextParser.fold(text), List.of());
        return named.size() == 1 ? named.getFirst() : null;
    }

    /** Returns the only parent whose key or name resembles the text; null if there is none. */
    @Nullable
    NamedRecord findNearest(String text) {
        NamedRecord named = findByName(text);
        if (named != null || compared.containsKey(text)) {
            return named != null ? named : compared.get(text);
        }
        if (compared.size() >= MAX_COMPARED_TEXTS) {
            return null;
        }
        NamedRecord nearest = DidYouMean.findOnlyMatch(CellTextParser.fold(text), words.keySet(), this::wordsOf);
        compared.put(text, nearest);
        return nearest;
    }

    private List<String> wordsOf(NamedRecord parent) {
        return words.getOrDefault(parent, List.of());
    }
}
