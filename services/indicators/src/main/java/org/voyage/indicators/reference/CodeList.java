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

    /** Finds the code that this text is, or whose Chinese or English name it is, as in files. */
    public Optional<String> findNamed(String text) {
        if (labels.containsKey(text)) {
            return Optional.of(text);
        }
        if (text.length() > MAX_NAME_LENGTH) {
            return Optional.empty();
        }
        String folded = CellTextParser.fold(text);
        List<String> named = labels.entrySet().stream()
                .filter(code -> Stream.of(
                                code.getKey(),
                                code.getValue().zh(),
                                code.getValue().en())
                        .anyMatch(name -> CellTextParser.fold(name).equals(folded)))
                .map(Map.Entry::getKey)
                .toList();
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
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
