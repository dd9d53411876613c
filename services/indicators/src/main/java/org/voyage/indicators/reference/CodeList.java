package org.voyage.indicators.reference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All codes that a dimension can have, in the order of their file, with their names. */
public final class CodeList {

    private final Map<String, Label> labels;

    CodeList(Map<String, Label> labels) {
        this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    public boolean contains(String code) {
        return labels.containsKey(code);
    }

    public Set<String> codes() {
        return labels.keySet();
    }

    public @Nullable Label label(String code) {
        return labels.get(code);
    }
}
