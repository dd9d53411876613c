package org.voyage.indicators.indicator;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All files together: finds for each derived figure those that it is derived from. */
final class Definitions {

    private final Map<String, Definition> byCode = new TreeMap<>();
    private final Map<String, Figure> found = new LinkedHashMap<>();
    private final Set<String> underWay = new LinkedHashSet<>();

    /** Adds one, or replaces the one of the same code. */
    Optional<Definition> add(Definition definition) {
        return Optional.ofNullable(byCode.put(definition.code(), definition));
    }

    /** @throws BadDefinition when one cannot be used */
    Catalogue catalogue() {
        byCode.forEach((code, definition) -> figure(definition));
        return new Catalogue(found.values());
    }

    private Figure figure(Definition definition) {
        Figure known = found.get(definition.code());
        if (known != null) {
            return known;
        }
        underWay.add(definition.code());
        Figure figure = definition.figure(this::other);
        underWay.remove(definition.code());
        found.put(definition.code(), figure);
        return figure;
    }

    private Figure other(String code, DerivedReader.Bad bad) {
        Definition definition = byCode.get(code);
        if (definition == null) {
            throw bad.because(" is \"" + code + "\", which is no figure");
        }
        if (underWay.contains(code)) {
            throw bad.because(" is \"" + code + "\", which is derived from this one: " + String.join(" <- ", underWay)
                    + " <- " + code);
        }
        return figure(definition);
    }
}
