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

/** All codes that a dimension can have, in the order of their file, with their names. */
public final class CodeList {

    /** No name is longer. */
    private static final int MAX_NAME_LENGTH = 100;

    private final Map<String, CodeLabel> labels;
    /** By code what it is also called, as {@link CellTextParser#fold} makes it. */
    private final Map<String, List<String>> names;

    /** @param others by code what it is called besides its label, such as the two letters of a country */
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

    /** The code that was meant by a text that is none: by another name of it, else by the nearest one. */
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
