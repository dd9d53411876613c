package org.voyage.indicators.definition;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every figure that this service knows, by code. */
public final class FigureCatalogue {

    private final Map<String, Figure> byCode;

    public FigureCatalogue(Collection<? extends Figure> figures) {
        Map<String, Figure> map = new TreeMap<>();
        for (Figure figure : figures) {
            map.put(figure.code(), figure);
        }
        this.byCode = Collections.unmodifiableMap(map);
    }

    /** Those that are counted from records. */
    public List<CountedFigure> countedFigures() {
        return byCode.values().stream()
                .filter(CountedFigure.class::isInstance)
                .map(CountedFigure.class::cast)
                .toList();
    }

    /** Those that are counted, and those that are derived from them. */
    public Collection<Figure> figures() {
        return byCode.values();
    }

    public Optional<Figure> findFigure(String code) {
        return Optional.ofNullable(byCode.get(code));
    }
}
