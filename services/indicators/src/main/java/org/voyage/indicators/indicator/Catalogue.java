package org.voyage.indicators.indicator;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every figure that this service knows, by code. */
public final class Catalogue {

    private final Map<String, Figure> byCode;

    public Catalogue(Collection<? extends Figure> figures) {
        Map<String, Figure> map = new TreeMap<>();
        for (Figure figure : figures) {
            map.put(figure.code(), figure);
        }
        this.byCode = Collections.unmodifiableMap(map);
    }

    /** Those that are counted from records. */
    public List<Indicator> all() {
        return byCode.values().stream()
                .filter(Indicator.class::isInstance)
                .map(Indicator.class::cast)
                .toList();
    }

    /** Those that are counted, and those that are derived from them. */
    public Collection<Figure> figures() {
        return byCode.values();
    }

    public Optional<Figure> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }
}
