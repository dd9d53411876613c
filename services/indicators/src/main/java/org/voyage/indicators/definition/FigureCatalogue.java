package org.voyage.indicators.definition;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Catalogue of all figures of this service, by code. */
public final class FigureCatalogue {

    private final Map<String, Figure> byCode;

    public FigureCatalogue(Collection<? extends Figure> figures) {
        Map<String, Figure> map = new TreeMap<>();
        for (Figure figure : figures) {
            map.put(figure.code(), figure);
        }
        this.byCode = Collections.unmodifiableMap(map);
    }

    /** Returns the counted figures. */
    public List<CountedFigure> countedFigures() {
        return byCode.values().stream()
                .filter(CountedFigure.class::isInstance)
                .map(CountedFigure.class::cast)
                .toList();
    }

    /** Returns the counted and the derived figures. */
    public Collection<Figure> figures() {
        return byCode.values();
    }

    public Optional<Figure> findFigure(String code) {
        return Optional.ofNullable(byCode.get(code));
    }
}
