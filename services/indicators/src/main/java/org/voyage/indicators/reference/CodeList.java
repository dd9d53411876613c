package org.voyage.indicators.reference;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.DidYouMean;

/** List of all codes of a dimension, in the order of their file, with their names. */
public final class CodeList {

    /** Maximum length of a name. */
    private static final int MAX_NAME_LENGTH = 100;

    private final Map<String, CodeLabel> labels;
    /** Further names of each code, in the form of {@link CellTextParser#fold}. */
    private final Map<String, List<String>> names;

    /** @param others further names of each code, such as the two letters of a country */
    CodeList(Map<String, CodeLabel> labels, Map<String, List<String>> others) {
        this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        Map<String, List<String>> folded = new HashMap<>();
        labels.forEach((code, label) -> folded.put(
                code,
                Stream.concat(Stream.of(code, label.zh(), label.en()), others.getOrDefault(code, List.of()).stream())
                        .map(CellTextParser::fold)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList()));
        this.names = Map.copyOf(folded);
    }

    /** Finds the code for an unknown text: by another name of a code, otherwise the nearest code. */
    public Optional<String> findMeant(String text) {
        if (text.length() > MAX_NAME_LENGTH) {
            return Optional.empty();
        }
        String folded = CellTextParser.fold(text);
        List<String> called = labels.keySet().stream()
                .filter(code -> otherNamesOf(code).contains(folded))
                .toList();
        if (called.size() == 1) {
            return Optional.of(called.getFirst());
        }
        String nearest = DidYouMean.findNearest(text, labels.keySet());
        return Optional.ofNullable(
                nearest != null ? nearest : DidYouMean.findOnlyMatch(folded, labels.keySet(), this::otherNamesOf));
    }

    private List<String> otherNamesOf(String code) {
        return names.getOrDefault(code, List.of());
    }

    public boolean containsCode(String code) {
        return labels.containsKey(code);
    }

    public Set<String> codes() {
        return labels.keySet();
    }

    public @Nullable CodeLabel labelOf(String code) {
        return labels.get(code);
    }
}
